"""Combine the landmarks that several views of a head give into one set, without outliers."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import RBFInterpolator

from flame_model.arrays import Float64Array
from flame_model.errors import InputError
from flame_model.face.measured_face import bundled_measurement
from flame_model.geometry.similarity import fit_similarity
from mappings.mirror import mirrored_landmarks

GRAZING = 0.1
"""Cosine between ray and normal below which a hit is too oblique to count."""
GATE = 0.006
"""Metres on a face of human size; a landmark this far from where its neighbours put it is rejected."""
FEWEST = 100
"""Landmarks that have to agree."""
SMOOTHING = 0.1
"""Smoothing of the warp, in the units of SciPy's RBFInterpolator; chosen by trial."""
ROUNDS = 3
"""Rounds of fitting the warp and rejecting outliers; chosen by trial."""
_MIRROR = np.array([-1.0, 1.0, 1.0])


def agreed_points(points: Float64Array, facing: Float64Array) -> Float64Array:
    """Return one point (N, 3) per landmark from hits (views, N, 3) and their cosines (views, N).

    Landmark i is the median over the views v of its hits, weighted by w_vi = c_vi^2 with the cosine c_vi
    between ray and surface normal, and w_vi = 0 for c_vi <= GRAZING. It is then averaged with the mirror
    image of the landmark on the other side of the face. A landmark without hits takes the mirror image alone;
    it is NaN where that has none either.
    """
    squarely = np.nan_to_num(facing)
    votes = np.where(squarely > GRAZING, squarely, 0.0) ** 2
    median = np.where((votes.sum(axis=0) > 0.0)[:, None], _weighted_median(points, votes), np.nan)
    other = median[mirrored_landmarks()[: len(median)]] * _MIRROR
    both = np.where(np.isnan(median), other, np.where(np.isnan(other), median, 0.5 * (median + other)))
    return np.asarray(both)


def consistent_face(points: Float64Array) -> Float64Array:
    """Return the 468 face `points` without outliers: an average face, smoothly warped onto them.

    With m_i the measured average face, A the similarity that lays m onto the points p and W a smooth warp
    fitted to p_i - A(m_i), the result is A(m_i) + W(m_i). In each of ROUNDS rounds, points farther than GATE
    (times the scale of A) from it are rejected and take no part in the next fit. Missing points (NaN) are
    filled in. Raises InputError where fewer than FEWEST points are left.
    """
    measured = bundled_measurement().neutral
    good = np.isfinite(points[:, 0])
    warped = measured
    for _ in range(ROUNDS):
        if good.sum() < FEWEST:
            raise InputError(
                "The tracker's landmarks on the head form no face: "
                f"{good.sum()} of {len(points)} landmarks agree, {FEWEST} are needed; give a head that is "
                "upright, in metres, and looks along +z."
            )
        fitted = fit_similarity(measured[good], points[good])
        aligned = fitted.points(measured)
        warp = RBFInterpolator(
            measured[good], (points - aligned)[good], kernel="linear", degree=1, smoothing=SMOOTHING
        )
        warped = aligned + warp(measured)
        distance = np.nan_to_num(np.linalg.norm(points - warped, axis=1), nan=np.inf)
        good = distance < GATE * fitted.scale
    return warped


def _weighted_median(points: Float64Array, votes: Float64Array) -> Float64Array:
    """Return the median (N, 3) of points (views, N, 3) along each axis with weights (views, N)."""
    order = np.argsort(np.nan_to_num(points, nan=np.inf), axis=0)
    ranked = np.take_along_axis(points, order, axis=0)
    shares = np.take_along_axis(np.broadcast_to(votes[..., None], points.shape), order, axis=0)
    middle = (np.cumsum(shares, axis=0) >= 0.5 * shares.sum(axis=0)).argmax(axis=0)
    return np.asarray(np.take_along_axis(ranked, middle[None], axis=0)[0])

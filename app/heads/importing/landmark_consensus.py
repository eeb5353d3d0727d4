"""Make one set of landmarks from what several views of a head say."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import RBFInterpolator

from flame_model.arrays import Float64Array
from flame_model.errors import InputError
from flame_model.face.measured_face import bundled_measurement
from flame_model.geometry.similarity import fit_similarity
from mappings.mirror import mirrored_landmarks

GRAZING = 0.1
"""Cosine between ray and normal below which a hit says nothing."""
GATE = 0.006
"""Metres on a face of human size: a landmark farther from where its neighbours put it is rejected."""
FEWEST = 100
"""Landmarks that have to agree."""
SMOOTHING = 0.1
ROUNDS = 3
_MIRROR = np.array([-1.0, 1.0, 1.0])


def agreed_points(points: Float64Array, facing: Float64Array) -> Float64Array:
    """Return one point (N, 3) per landmark from hits (views, N, 3) and their cosines, NaN without any.

    The median over the views, each counted by how squarely it sees the surface, then the mean of both sides
    of the face.
    """
    squarely = np.nan_to_num(facing)
    votes = np.where(squarely > GRAZING, squarely, 0.0) ** 2
    median = np.where((votes.sum(axis=0) > 0.0)[:, None], _weighted_median(points, votes), np.nan)
    other = median[mirrored_landmarks()[: len(median)]] * _MIRROR
    both = np.where(np.isnan(median), other, np.where(np.isnan(other), median, 0.5 * (median + other)))
    return np.asarray(both)


def consistent_face(points: Float64Array) -> Float64Array:
    """Return the 468 face `points` without outliers: a measured face, smoothly bent onto them.

    What lies farther than GATE from the bent face does not bend it; missing points (NaN) are filled in.
    Raises InputError where fewer than FEWEST are left.
    """
    measured = bundled_measurement().neutral
    good = np.isfinite(points[:, 0])
    bent = measured
    for _ in range(ROUNDS):
        if good.sum() < FEWEST:
            raise InputError(
                f"what the tracker sees of the head is no face: {good.sum()} of {len(points)} landmarks agree"
            )
        fitted = fit_similarity(measured[good], points[good])
        aligned = fitted.points(measured)
        bend = RBFInterpolator(
            measured[good], (points - aligned)[good], kernel="linear", degree=1, smoothing=SMOOTHING
        )
        bent = aligned + bend(measured)
        distance = np.nan_to_num(np.linalg.norm(points - bent, axis=1), nan=np.inf)
        good = distance < GATE * fitted.scale
    return bent


def _weighted_median(points: Float64Array, votes: Float64Array) -> Float64Array:
    """Return the median (N, 3) of points (views, N, 3) along each axis with votes (views, N)."""
    order = np.argsort(np.nan_to_num(points, nan=np.inf), axis=0)
    ranked = np.take_along_axis(points, order, axis=0)
    shares = np.take_along_axis(np.broadcast_to(votes[..., None], points.shape), order, axis=0)
    middle = (np.cumsum(shares, axis=0) >= 0.5 * shares.sum(axis=0)).argmax(axis=0)
    return np.asarray(np.take_along_axis(ranked, middle[None], axis=0)[0])

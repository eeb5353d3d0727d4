"""Fit a head's response to readings: what the tracker reported on the head in many poses.

With the inputs z, standardised signals and angles of the readings, the outputs y, reported scores and angles,
and the shifts t in metres, ridge regressions (`mappings.response.quadratic`) with free intercepts give the
terms of `Response`:

    y ~ b + B z + S t                        for S alone: perspective turns a head at the picture's edge
    y - S t ~ a + L z + sum_{i<=j} q_ij z_i z_j
    p ~ a + L z + sum_{i<=j} q_ij z_i z_j    for the landmarks p, of a head with the mean eye distance

and `fit_apertures` those of the apertures. Most are fitted to the readings and their mirror images: the
tracker reports the sides of a face differently, and a face that is as symmetric as the person's looks better
than one that repeats these differences. Apertures and looks are fitted to the readings alone: both eyes
should be open as far as the person's are, and look where the person looks, though the tracker reports a
straight look as one to the side.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Int64Array
from flame_model.errors import InputError
from mappings.person.apertures import apertures, eye_distance
from mappings.response.aperture_model import fit_apertures
from mappings.response.quadratic import Quadratic, fit_quadratic, ridge
from mappings.response.readings import Readings
from mappings.response.response import ANGLE_COUNT, Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, NEVER_SENT, SIGNAL_COUNT, signals_named

LEAST_SCALE = 0.02
"""Least scale of an input, so that one that hardly varied is not amplified."""
SHIFT_M = 0.02
"""Metres by which shifts are standardised; random poses are shifted by as much."""
ANGLE_QUANTILE = 0.98
"""Quantile of the turns to either side that limits the angles of the model."""
_REPORTS = SIGNAL_COUNT + ANGLE_COUNT
KEPT_BACK = 5
"""One over the share of the readings that is kept back to judge the fit."""


def driven_signals(mapping: ScoreMapping) -> Int64Array:
    """Return the indices of the signals that move a head and that the tracker ever sends."""
    moving = np.abs(mapping.matrix).sum(axis=1) > 0.0
    sent = np.array([name not in NEVER_SENT for name in MEDIAPIPE_NAMES])
    return np.flatnonzero(moving & sent)


def fit_response(readings: Readings, mapping: ScoreMapping, points: Int64Array) -> Response:
    """Return the response with the landmarks `points` (K,).

    Raises InputError for fewer readings than four times the inputs.
    """
    signals = driven_signals(mapping)
    least = 4 * (len(signals) + ANGLE_COUNT)
    if len(readings.scores) < least:
        raise InputError(
            f"The tracker found the head in {len(readings.scores)} pictures only, at least {least} are "
            "needed to measure its response; take more --readings, or a head whose face it finds."
        )
    linear_r2, r2 = _held_out(readings, signals)
    both = readings.joined(readings.mirrored())
    centre, scale = _standard(both, signals)
    z = (_inputs(both, signals) - centre) / scale
    eye_distances = np.array([eye_distance(face) for face in both.faces])
    faces = both.faces * (eye_distances.mean() / eye_distances)[:, None, None]
    shift_slopes, functions = _fit_outputs(both, z, faces[:, points].reshape(len(z), -1))
    seen = len(readings.scores)
    own_slopes, own = _fit_outputs(readings, z[:seen], np.zeros((seen, 0)))
    looks = np.flatnonzero(signals_named("eyeLook"))
    shift_slopes[:, looks] = own_slopes[:, looks]
    opened = np.array([apertures(face) for face in readings.faces])
    return Response(
        signals=signals,
        centre=centre,
        scale=scale,
        reports=functions.rows(slice(0, _REPORTS)).replaced(looks, own),
        shift_slopes=shift_slopes.T,
        points=points,
        places=functions.rows(slice(_REPORTS, None)),
        apertures=fit_apertures(z[:seen], opened),
        eye_distance=float(eye_distances.mean()),
        angle_limits=np.quantile(np.abs(readings.angles), ANGLE_QUANTILE, axis=0),
        linear_r2=linear_r2,
        r2=r2,
        frames=len(readings.scores),
        mapping_key=mapping_key(mapping),
    )


def _inputs(readings: Readings, signals: Int64Array) -> Array:
    """Return the inputs x (N, n + 3)."""
    return np.hstack([readings.signals[:, signals], readings.angles])


def _standard(readings: Readings, signals: Int64Array) -> tuple[Array, Array]:
    """Return mean and standard deviation (n + 3,) of the inputs."""
    inputs = _inputs(readings, signals)
    return inputs.mean(axis=0), np.maximum(inputs.std(axis=0), LEAST_SCALE)


def _fit_outputs(readings: Readings, z: Array, places: Array) -> tuple[Array, Quadratic]:
    """Return S' (3, 55), and functions of z: scores and angles without the shift, then `places` (N, 3 K)."""
    reports = np.hstack([readings.scores, readings.reported_angles])
    shift_slopes = ridge(np.hstack([z, readings.shifts / SHIFT_M]), reports)[1][-3:] / SHIFT_M
    return shift_slopes, fit_quadratic(z, np.hstack([reports - readings.shifts @ shift_slopes, places]))


def _held_out(readings: Readings, signals: Int64Array) -> tuple[Array, Array]:
    """Return the R2 (52,) of the scores by a linear and by the whole model, on the last fifth of readings.

    Successive readings are alike, so those that are kept back are successive.
    """
    split = len(readings.scores) - len(readings.scores) // KEPT_BACK
    known, kept = readings.part(slice(0, split)), readings.part(slice(split, None))
    known = known.joined(known.mirrored())
    centre, scale = _standard(known, signals)
    z, test = ((_inputs(each, signals) - centre) / scale for each in (known, kept))
    plain, weights = ridge(z, known.scores)
    shift_slopes, reports = _fit_outputs(known, z, np.zeros((len(z), 0)))
    predicted = reports.values(test) + kept.shifts @ shift_slopes
    return _r2(plain + test @ weights, kept.scores), _r2(predicted, kept.scores)


def _r2(predicted: Array, reported: Array) -> Array:
    """Return the R2 (52,) of predicted scores, limited to 0..1; 0 for a score that does not vary."""
    predicted = np.clip(predicted[:, :SIGNAL_COUNT], 0.0, 1.0)
    spread = ((reported - reported.mean(axis=0)) ** 2).sum(axis=0)
    missed = ((reported - predicted) ** 2).sum(axis=0)
    explained: Array = np.where(spread > 0.0, 1.0 - missed / np.where(spread > 0.0, spread, 1.0), 0.0)
    return explained

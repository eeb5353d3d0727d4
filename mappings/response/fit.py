"""Fit a head's response to readings: what the tracker reported on the head in many poses.

With the inputs z, standardised signals and angles of the readings, the outputs y, reported scores and angles,
and the shifts t in metres, three ridge regressions (`_ridge`) with free intercepts give the terms of
`Response`:

    y ~ b + B z + S t                        for S alone: perspective turns a head at the picture's edge
    y - S t ~ a + L z + sum_{i<=j} q_ij z_i z_j
    p ~ p_0 + P z                            for the landmarks p
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Int64Array
from flame_model.errors import InputError
from mappings.response.readings import Readings
from mappings.response.response import ANGLE_COUNT, Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, NEVER_SENT, SIGNAL_COUNT

RIDGE = 20.0
"""Penalty on the squared coefficients of standardised inputs, against the sum of squared errors. Chosen by
trial."""
PRODUCT_SHARE = 0.1
"""Factor of the products of inputs, which penalises their coefficients 100 times as much: 1,200 of them are
fitted to 4,200 readings. On readings kept back the scores are then 0.059 off, and 0.061 with 0.2."""
LEAST_SCALE = 0.02
"""Least scale of an input, so that one that hardly varied is not amplified."""
SHIFT_M = 0.02
"""Metres by which shifts are standardised; random poses are shifted by as much."""
ANGLE_QUANTILE = 0.98
"""Quantile of the turns to either side that limits the angles of the model."""
KEPT_BACK = 5
"""One over the share of the readings that is kept back to judge the fit."""


def driven_signals(mapping: ScoreMapping) -> Int64Array:
    """Return the indices of the signals that move a head and that the tracker ever sends."""
    moving = np.abs(mapping.matrix).sum(axis=1) > 0.0
    sent = np.array([name not in NEVER_SENT for name in MEDIAPIPE_NAMES])
    return np.flatnonzero(moving & sent)


def fit_response(readings: Readings, mapping: ScoreMapping, points: Int64Array) -> Response:
    """Return the response with the landmarks `points` (K,).

    Mirror images of the readings are not added: the tracker itself treats left and right differently, on
    people as on heads, and with mirrored readings the round trip of three clips fell from 0.903 to 0.888.
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
    centre, scale = _standard(readings, signals)
    z = (_inputs(readings, signals) - centre) / scale
    shift_slopes, (constant, linear, quadratic) = _fit_outputs(readings, z)
    point_constant, point_linear = _ridge(z, readings.faces[:, points].reshape(len(z), -1))
    return Response(
        signals=signals,
        centre=centre,
        scale=scale,
        constant=constant,
        linear=linear,
        quadratic=quadratic,
        shift_slopes=shift_slopes.T,
        points=points,
        point_constant=point_constant,
        point_linear=point_linear.T,
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


def _fit_outputs(readings: Readings, z: Array) -> tuple[Array, tuple[Array, Array, Array]]:
    """Return S' (3, 55), and the terms a, L and Q of scores and angles without the shift."""
    outputs = np.hstack([readings.scores, readings.reported_angles])
    shift_slopes = _ridge(np.hstack([z, readings.shifts / SHIFT_M]), outputs)[1][-3:] / SHIFT_M
    return shift_slopes, _quadratic_fit(z, outputs - readings.shifts @ shift_slopes)


def _quadratic_fit(z: Array, outputs: Array) -> tuple[Array, Array, Array]:
    """Return a (Y,), L (Y, d) and the symmetric Q (Y, d, d) of outputs (N, Y) for inputs z (N, d)."""
    count = z.shape[1]
    first, second = np.triu_indices(count)
    constant, weights = _ridge(np.hstack([z, PRODUCT_SHARE * z[:, first] * z[:, second]]), outputs)
    quadratic = np.zeros((outputs.shape[1], count, count))
    quadratic[:, first, second] = PRODUCT_SHARE * weights[count:].T
    return constant, weights[:count].T, 0.5 * (quadratic + quadratic.swapaxes(1, 2))


def _ridge(inputs: Array, outputs: Array) -> tuple[Array, Array]:
    """Return b (Y,) and W (d, Y) with the least sum over readings of |x W + b - y|^2, plus RIDGE |W|^2."""
    input_mean, output_mean = inputs.mean(axis=0), outputs.mean(axis=0)
    centred = inputs - input_mean
    normal = centred.T @ centred + RIDGE * np.eye(inputs.shape[1])
    weights = np.linalg.solve(normal, centred.T @ (outputs - output_mean))
    return output_mean - input_mean @ weights, weights


def _held_out(readings: Readings, signals: Int64Array) -> tuple[Array, Array]:
    """Return the R2 (52,) of the scores by a linear and by the whole model, on the last fifth of readings.

    Successive readings are alike, so those that are kept back are successive.
    """
    split = len(readings.scores) - len(readings.scores) // KEPT_BACK
    known, kept = readings.part(slice(0, split)), readings.part(slice(split, None))
    centre, scale = _standard(known, signals)
    z, test = ((_inputs(each, signals) - centre) / scale for each in (known, kept))
    plain, weights = _ridge(z, known.scores)
    shift_slopes, (constant, linear, quadratic) = _fit_outputs(known, z)
    predicted = constant + test @ linear.T + np.einsum("kij,ni,nj->nk", quadratic, test, test)
    predicted += kept.shifts @ shift_slopes
    return _r2(plain + test @ weights, kept.scores), _r2(predicted, kept.scores)


def _r2(predicted: Array, reported: Array) -> Array:
    """Return the R2 (52,) of predicted scores, limited to 0..1; 0 for a score that does not vary."""
    predicted = np.clip(predicted[:, :SIGNAL_COUNT], 0.0, 1.0)
    spread = ((reported - reported.mean(axis=0)) ** 2).sum(axis=0)
    missed = ((reported - predicted) ** 2).sum(axis=0)
    explained: Array = np.where(spread > 0.0, 1.0 - missed / np.where(spread > 0.0, spread, 1.0), 0.0)
    return explained

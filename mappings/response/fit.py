"""Fit how the tracker reads a head to readings of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array
from flame_model.errors import InputError
from mappings.response.readings import Readings
from mappings.response.response import ANGLE_COUNT, Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, NEVER_SENT, SIGNAL_COUNT

RIDGE = 20.0
"""Penalty on the coefficients of standardised inputs."""
PRODUCT_SHARE = 0.1
"""Products of inputs count so little, which penalises theirs 100 times as much: 1,200 of them are told from
4,200 readings (kept back, the scores are then 0.059 off, and 0.061 with 0.2)."""
LEAST_SCALE = 0.02
"""Of an input that hardly varied, so that it is not blown up."""
SHIFT_M = 0.02
"""Standardises shifts."""
KEPT_BACK = 5
"""Every fifth stretch of readings tells how good the fit is."""


def driven_signals(mapping: ScoreMapping) -> npt.NDArray[np.int64]:
    """Return the indices of the signals that move a head and that the tracker ever sends."""
    moving = np.abs(mapping.matrix).sum(axis=1) > 0.0
    sent = np.array([name not in NEVER_SENT for name in MEDIAPIPE_NAMES])
    return np.flatnonzero(moving & sent)


def fit_response(readings: Readings, mapping: ScoreMapping, points: npt.NDArray[np.int64]) -> Response:
    """Return the response with the landmarks `points` (K,), by ridge regression with a free intercept.

    Readings do not count mirrored as well: the tracker itself reads left and right differently, on people as
    on heads, and the round trip of three clips fell from 0.903 to 0.888 by that.
    Raises InputError for fewer readings than four times the inputs.
    """
    signals = driven_signals(mapping)
    least = 4 * (len(signals) + ANGLE_COUNT)
    if len(readings.scores) < least:
        raise InputError(
            f"the tracker found the head in {len(readings.scores)} pictures only, at least {least} are "
            "needed to tell how it reads the head; take more --readings, or a head whose face it finds"
        )
    linear_r2, r2 = _held_out(readings, signals)
    centre, scale = _standard(readings, signals)
    z = (_inputs(readings, signals) - centre) / scale
    shift_slopes, (constant, linear, quadratic) = _reading_fit(readings, z)
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
        angle_limits=np.quantile(np.abs(readings.angles), 0.98, axis=0),
        linear_r2=linear_r2,
        r2=r2,
        frames=len(readings.scores),
        mapping_key=mapping_key(mapping),
    )


def _inputs(readings: Readings, signals: npt.NDArray[np.int64]) -> Array:
    return np.hstack([readings.signals[:, signals], readings.angles])


def _standard(readings: Readings, signals: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Return mean and standard deviation (n + 3,) of the inputs."""
    inputs = _inputs(readings, signals)
    return inputs.mean(axis=0), np.maximum(inputs.std(axis=0), LEAST_SCALE)


def _reading_fit(readings: Readings, z: Array) -> tuple[Array, tuple[Array, Array, Array]]:
    """Return what a shift adds (3, 55) and the terms of scores and angles without it.

    Perspective: a head at the picture's edge is read as if it were turned.
    """
    outputs = np.hstack([readings.scores, readings.read_angles])
    shift_slopes = _ridge(np.hstack([z, readings.shifts / SHIFT_M]), outputs)[1][-3:] / SHIFT_M
    return shift_slopes, _quadratic_fit(z, outputs - readings.shifts @ shift_slopes)


def _quadratic_fit(z: Array, outputs: Array) -> tuple[Array, Array, Array]:
    """Return constant (Y,), linear (Y, d) and symmetric quadratic terms (Y, d, d)."""
    count = z.shape[1]
    first, second = np.triu_indices(count)
    constant, weights = _ridge(np.hstack([z, PRODUCT_SHARE * z[:, first] * z[:, second]]), outputs)
    quadratic = np.zeros((outputs.shape[1], count, count))
    quadratic[:, first, second] = PRODUCT_SHARE * weights[count:].T
    return constant, weights[:count].T, 0.5 * (quadratic + quadratic.swapaxes(1, 2))


def _ridge(inputs: Array, outputs: Array) -> tuple[Array, Array]:
    """Return intercept (Y,) and weights (d, Y)."""
    input_mean, output_mean = inputs.mean(axis=0), outputs.mean(axis=0)
    centred = inputs - input_mean
    normal = centred.T @ centred + RIDGE * np.eye(inputs.shape[1])
    weights = np.linalg.solve(normal, centred.T @ (outputs - output_mean))
    return output_mean - input_mean @ weights, weights


def _held_out(readings: Readings, signals: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Return R2 (52,) of the scores by a linear and by the quadratic model, on the last fifth of readings.

    Neighbours are alike, so what is kept back lies together.
    """
    split = len(readings.scores) - len(readings.scores) // KEPT_BACK
    known, kept = readings.part(slice(0, split)), readings.part(slice(split, None))
    centre, scale = _standard(known, signals)
    z, test = ((_inputs(each, signals) - centre) / scale for each in (known, kept))
    plain, weights = _ridge(z, known.scores)
    shift_slopes, (constant, linear, quadratic) = _reading_fit(known, z)
    guess = constant + test @ linear.T + np.einsum("kij,ni,nj->nk", quadratic, test, test)
    guess += kept.shifts @ shift_slopes
    return _explained(plain + test @ weights, kept.scores), _explained(guess, kept.scores)


def _explained(guess: Array, truth: Array) -> Array:
    guess = np.clip(guess[:, :SIGNAL_COUNT], 0.0, 1.0)
    spread = ((truth - truth.mean(axis=0)) ** 2).sum(axis=0)
    left = ((truth - guess) ** 2).sum(axis=0)
    explained: Array = np.where(spread > 0.0, 1.0 - left / np.where(spread > 0.0, spread, 1.0), 0.0)
    return explained

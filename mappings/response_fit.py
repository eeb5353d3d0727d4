"""Fit how the tracker reads a head to readings of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.errors import InputError
from mappings.response import Response, mapping_key
from mappings.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, NEVER_SENT, SIGNAL_COUNT

Array = npt.NDArray[Any]

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


@dataclass(frozen=True, slots=True)
class Readings:
    """Hold N readings of one head."""

    signals: Array
    """(N, 52) what drove the head."""
    angles: Array
    """(N, 3) yaw, pitch and roll of the head, radians."""
    shifts: Array
    """(N, 3) metres from the middle of the stage."""
    scores: Array
    """(N, 52) what the tracker read."""
    read_angles: Array
    """(N, 3) radians."""
    faces: Array
    """(N, 468, 3) metres, as `mappings.upright` lays them."""


def driven_signals(mapping: ScoreMapping) -> npt.NDArray[np.int64]:
    """Return the indices of the signals that move a head and that the tracker ever sends."""
    moving = np.abs(mapping.matrix).sum(axis=1) > 0.0
    sent = np.array([name not in NEVER_SENT for name in MEDIAPIPE_NAMES])
    return np.flatnonzero(moving & sent)


def fit_response(readings: Readings, mapping: ScoreMapping, points: npt.NDArray[np.int64]) -> Response:
    """Return the response with the landmarks `points` (K,), by ridge regression with a free intercept.

    Raises InputError for fewer readings than four times the inputs.
    """
    signals = driven_signals(mapping)
    inputs = np.hstack([readings.signals[:, signals], readings.angles])
    if len(inputs) < 4 * inputs.shape[1]:
        raise InputError(
            f"the tracker found the head in {len(inputs)} pictures only, at least {4 * inputs.shape[1]} are "
            "needed to tell how it reads the head"
        )
    centre, scale = inputs.mean(axis=0), np.maximum(inputs.std(axis=0), LEAST_SCALE)
    z = (inputs - centre) / scale
    outputs = np.hstack([readings.scores, readings.read_angles])
    # Perspective: a head at the picture's edge is read as if it were turned.
    shift_slopes = _ridge(np.hstack([z, readings.shifts / SHIFT_M]), outputs)[1][-3:] / SHIFT_M
    outputs = outputs - readings.shifts @ shift_slopes
    constant, linear, quadratic = _quadratic_fit(z, outputs)
    faces = readings.faces[:, points].reshape(len(z), -1)
    point_constant, point_linear = _ridge(z, faces)
    linear_r2, r2 = _held_out(z, outputs)
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
        frames=len(z),
        mapping_key=mapping_key(mapping),
    )


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


def _held_out(z: Array, outputs: Array) -> tuple[Array, Array]:
    """Return R2 (52,) of the scores by a linear and by the quadratic model, on the last fifth of readings.

    Neighbours are alike, so what is kept back lies together.
    """
    split = len(z) - len(z) // KEPT_BACK
    constant, weights = _ridge(z[:split], outputs[:split])
    linear_guess = constant + z[split:] @ weights
    constant, linear, quadratic = _quadratic_fit(z[:split], outputs[:split])
    guess = constant + z[split:] @ linear.T + np.einsum("kij,ni,nj->nk", quadratic, z[split:], z[split:])
    return _explained(linear_guess, outputs[split:]), _explained(guess, outputs[split:])


def _explained(guess: Array, truth: Array) -> Array:
    guess, truth = np.clip(guess[:, :SIGNAL_COUNT], 0.0, 1.0), truth[:, :SIGNAL_COUNT]
    spread = ((truth - truth.mean(axis=0)) ** 2).sum(axis=0)
    left = ((truth - guess) ** 2).sum(axis=0)
    explained: Array = np.where(spread > 0.0, 1.0 - left / np.where(spread > 0.0, spread, 1.0), 0.0)
    return explained

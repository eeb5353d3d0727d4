"""Quadratic problems with bounds, small enough to be solved in every frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

ROUNDS = 3
"""Times that what runs into its bounds is held there and the rest solved again."""


def bounded_step(x: Array, curvature: Array, slope: Array, lower: Array, upper: Array) -> Array:
    """Return where x (d,) within its bounds goes to minimise step' curvature step / 2 - slope' step.

    `curvature` (d, d) is positive definite, `slope` (d,) points downhill. What a bound holds back is fixed in
    turn (an active set that only grows), which needs no more than ROUNDS solutions.
    """
    free = ~(((x <= lower) & (slope < 0.0)) | ((x >= upper) & (slope > 0.0)))
    for _ in range(ROUNDS):
        step = np.zeros_like(x)
        step[free] = np.linalg.solve(curvature[np.ix_(free, free)], slope[free])
        beyond = free & ((x + step < lower) | (x + step > upper))
        if not beyond.any():
            break
        held = np.where(beyond, np.clip(x + step, lower, upper), x)
        slope = slope - curvature @ (held - x)
        x, free = held, free & ~beyond
    return np.asarray(np.clip(x + step * free, lower, upper))

"""A smooth warp of space that takes points nearly where they are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.interpolate import RBFInterpolator

from flame_model.arrays import Float64Array

SMOOTHING = 1e-7
"""Of a cubic kernel in metres: what neighbours contradict each other by within 5 mm is averaged."""
_CHUNK = 4096
"""Points interpolated at a time: their distances to all centres stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Warp:
    """Move points of space by a smooth displacement."""

    interpolator: RBFInterpolator

    @classmethod
    def through(cls, points: npt.NDArray[Any], displacement: npt.NDArray[Any]) -> Self:
        """Return the warp that moves `points` (P, 3) nearly by `displacement` (P, 3); metres."""
        return cls(RBFInterpolator(points, displacement, kernel="cubic", degree=1, smoothing=SMOOTHING))

    def at(self, points: npt.NDArray[Any]) -> Float64Array:
        """Return the displacement (N, 3) of points (N, 3)."""
        chunks = np.array_split(points, max(len(points) // _CHUNK, 1))
        return np.concatenate([self.interpolator(chunk) for chunk in chunks])

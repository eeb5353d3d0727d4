"""Warp space smoothly by radial basis functions so that given points reach their targets approximately.

The displacement at x is

    w(x) = sum_i c_i |x - p_i|^3 + A x + a

with the given points p (P, 3), coefficients c (P, 3) and an affine part A (3, 3), a (3,). The coefficients
solve (K + lambda I) c + A p + a = u with K_ij = |p_i - p_j|^3, the given displacements u (P, 3), metres, and
lambda = SMOOTHING, under sum_i c_i = 0 and sum_i c_i p_i^T = 0 (SciPy's RBFInterpolator).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.interpolate import RBFInterpolator

from flame_model.arrays import Array, Float64Array

SMOOTHING = 1e-7
"""Cubic metres; contradictions between neighbours within 5 mm are averaged."""
_CHUNK = 4096
"""Points interpolated at a time, so that their distances to all centres fit into the processor's cache."""


@dataclass(frozen=True, slots=True)
class Warp:
    """A smooth displacement of space."""

    interpolator: RBFInterpolator

    @classmethod
    def through(cls, points: Array, displacement: Array) -> Self:
        """Return the warp that moves `points` (P, 3) approximately by `displacement` (P, 3); metres."""
        return cls(RBFInterpolator(points, displacement, kernel="cubic", degree=1, smoothing=SMOOTHING))

    def at(self, points: Array) -> Float64Array:
        """Return the displacement (N, 3) of points (N, 3)."""
        chunks = np.array_split(points, max(len(points) // _CHUNK, 1))
        return np.concatenate([self.interpolator(chunk) for chunk in chunks])

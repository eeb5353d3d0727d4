"""The similarity (turn, size, shift) that lays one set of points onto another."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array


class Similarity(NamedTuple):
    """Hold target = scale * rotation @ source + shift."""

    scale: float
    rotation: Float64Array
    """(3, 3)."""
    shift: Float64Array
    """(3,)."""

    def points(self, points: npt.NDArray[Any]) -> Float64Array:
        """Return points (..., 3) in the target's place."""
        return np.asarray(self.vectors(points) + self.shift)

    def vectors(self, vectors: npt.NDArray[Any]) -> Float64Array:
        """Return displacements (..., 3) in the target's size and axes."""
        return np.asarray(self.scale * (vectors @ self.rotation.T))


def fit_similarity(source: npt.NDArray[Any], target: npt.NDArray[Any]) -> Similarity:
    """Return the similarity that lays `source` (N, 3) onto `target` (N, 3) with the least squares.

    Source: Umeyama, "Least-squares estimation of transformation parameters between two point patterns", 1991.
    """
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    centred, wanted = source - source_mean, target - target_mean
    u, singular, vt = np.linalg.svd(wanted.T @ centred)
    signs = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    rotation = (u * signs) @ vt
    scale = float((singular * signs).sum() / (centred**2).sum())
    return Similarity(scale, rotation, target_mean - scale * (rotation @ source_mean))

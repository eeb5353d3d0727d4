"""Fit and apply similarity transforms: rotation, uniform scale and translation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array, Float64Array


class Similarity(NamedTuple):
    """The transform y = c R x + t from source points x to target points y."""

    scale: float
    """c."""
    rotation: Float64Array
    """R (3, 3)."""
    shift: Float64Array
    """t (3,)."""

    def points(self, points: Array) -> Float64Array:
        """Return source points (..., 3) in the target's frame."""
        return np.asarray(self.vectors(points) + self.shift)

    def vectors(self, vectors: Array) -> Float64Array:
        """Return source displacements (..., 3) in the target's scale and axes."""
        return np.asarray(self.scale * (vectors @ self.rotation.T))


def fit_similarity(source: Array, target: Array) -> Similarity:
    """Return the similarity that minimizes sum_i |y_i - (c R x_i + t)|^2.

    x = `source` and y = `target`, both (N, 3), with means mx and my. With the singular value decomposition
    U diag(d) V^T = sum_i (y_i - my) (x_i - mx)^T and S = diag(1, 1, sign(det(U V^T))):

        R = U S V^T,    c = tr(diag(d) S) / sum_i |x_i - mx|^2,    t = my - c R mx

    Source: Umeyama, "Least-squares estimation of transformation parameters between two point patterns", 1991.
    """
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    centred, wanted = source - source_mean, target - target_mean
    u, singular, vt = np.linalg.svd(wanted.T @ centred)
    signs = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    rotation = (u * signs) @ vt
    scale = float((singular * signs).sum() / (centred**2).sum())
    return Similarity(scale, rotation, target_mean - scale * (rotation @ source_mean))

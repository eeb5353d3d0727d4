"""Find the places on a triangle mesh that are nearest to given points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from flame_model.arrays import Array, Float64Array, IndexArray

CANDIDATES = 16
"""Triangles with the nearest centroids that are tried for each point; neighbours have similar sizes."""


class SurfacePlaces(NamedTuple):
    """Places on a mesh, one per point."""

    triangles: IndexArray
    """(N,) index into the faces."""
    weights: Float64Array
    """(N, 3) barycentric."""
    distances: Float64Array
    """(N,) metres from point to place."""


def nearest_places(points: Array, vertices: Array, faces: npt.NDArray[np.integer]) -> SurfacePlaces:
    """Return the places nearest to `points` (N, 3) on the mesh of `vertices` (V, 3) and `faces` (F, 3)."""
    corners = np.asarray(vertices, dtype=np.float64)[faces]
    targets = np.asarray(points, dtype=np.float64)
    count = min(CANDIDATES, len(faces))
    _, candidates = cKDTree(corners.mean(axis=1)).query(targets, k=list(range(1, count + 1)))
    tried = corners[candidates]
    weights = _nearest_weights(targets[:, None], tried)
    distances = np.linalg.norm(np.einsum("nkc,nkcx->nkx", weights, tried) - targets[:, None], axis=-1)
    best, rows = distances.argmin(axis=1), np.arange(len(targets))
    return SurfacePlaces(candidates[rows, best], weights[rows, best], distances[rows, best])


def _nearest_weights(points: Float64Array, corners: Float64Array) -> Float64Array:
    """Return the barycentric weights (..., 3) of the place in each triangle (..., 3, 3) nearest to its point.

    The place is the foot of the perpendicular where that lies inside, else the nearest place on an edge.
    """
    a, b, c = (corners[..., k, :] for k in range(3))
    inside = _plane_weights(points, a, b, c)
    options = [
        np.where((inside >= 0.0).all(axis=-1, keepdims=True), inside, np.nan),
        *(_edge_weights(points, corners, first, second) for first, second in ((0, 1), (1, 2), (2, 0))),
    ]
    weights = np.stack(options, axis=-2)
    gaps = np.linalg.norm(weights @ corners - points[..., None, :], axis=-1)
    best = np.nan_to_num(gaps, nan=np.inf).argmin(axis=-1)
    nearest: Float64Array = np.take_along_axis(weights, best[..., None, None], axis=-2)[..., 0, :]
    return nearest


def _plane_weights(points: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array) -> Float64Array:
    """Return the barycentric weights (..., 3) of the feet of the perpendiculars; -1 for an empty triangle."""
    normal = np.cross(b - a, c - a)
    squared = (normal**2).sum(axis=-1)
    safe = np.where(squared > 0.0, squared, 1.0)
    u, v = (
        (np.cross(end - start, points - start) * normal).sum(axis=-1) / safe
        for start, end in ((b, c), (c, a))
    )
    weights = np.stack([u, v, 1.0 - u - v], axis=-1)
    return np.where(squared[..., None] > 0.0, weights, -1.0)


def _edge_weights(points: Float64Array, corners: Float64Array, first: int, second: int) -> Float64Array:
    """Return the barycentric weights (..., 3) of the nearest places on the edge between two corners."""
    start, edge = corners[..., first, :], corners[..., second, :] - corners[..., first, :]
    squared = (edge**2).sum(axis=-1)
    along = ((points - start) * edge).sum(axis=-1) / np.where(squared > 0.0, squared, 1.0)
    weights = np.zeros(corners.shape[:-1])
    weights[..., second] = np.clip(along, 0.0, 1.0)
    weights[..., first] = 1.0 - weights[..., second]
    return weights

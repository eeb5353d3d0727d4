"""Resample the eyeballs, which are drawn differently from the archive's model."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from flame_model.arrays import Float64Array, Int64Array
from flame_model.ict.grids import grid_rows, neighbours, ring_around

IRIS_RADIUS, PUPIL_RADIUS = 0.60, 0.21
"""Centimetres."""
RING_RADII = (0.08, 0.150, 0.200, 0.225, 0.32, 0.43, 0.52, 0.585, 0.63, 0.72)
"""Centimetres from the eye's axis to the front rings, which are moved to where the iris changes colour."""


def pick(sources: Int64Array, weights: Float64Array, count: int) -> sparse.csr_matrix:
    """Return the matrix (N, count) whose row n has the `weights[n]` (K,) in the columns `sources[n]` (K,)."""
    rows = np.repeat(np.arange(len(sources)), sources.shape[1])
    return sparse.csr_matrix((weights.ravel(), (rows, sources.ravel())), shape=(len(sources), count))


def triangles_of(polygons: Int64Array, points: Float64Array) -> Int64Array:
    """Return the triangles (F, 3) of polygons (P, 4), each quadrangle cut along its shorter diagonal."""
    a, b, c, d = polygons.T
    across = np.linalg.norm(points[a] - points[c], axis=1) <= np.linalg.norm(points[b] - points[d], axis=1)
    whole = c == d
    first = np.where((across | whole)[:, None], np.stack([a, b, c], -1), np.stack([a, b, d], -1))
    second = np.where(across[:, None], np.stack([a, c, d], -1), np.stack([b, c, d], -1))
    return np.concatenate([first, second[~whole]])


def eyeball(polygons: Int64Array, neutral: Float64Array) -> tuple[sparse.csr_matrix, Int64Array]:
    """Return the sampling matrix and faces of an eyeball with front rings at RING_RADII around its axis."""
    around = neighbours(polygons)
    poles = sorted((v for v in around if len(around[v]) > 4), key=lambda v: -neutral[v, 2])
    rows = grid_rows(around, ring_around(around, poles[0]), {poles[0]})
    axis = neutral[poles[0]] - neutral[poles[1]]
    axis /= np.linalg.norm(axis)
    spoke = neutral[rows] - neutral[poles[0]]
    radius = np.linalg.norm(spoke - (spoke @ axis)[..., None] * axis, axis=2)
    lower, upper = rows.copy(), rows.copy()
    share = np.zeros(rows.shape)
    for ring, wanted in enumerate(RING_RADII):
        for column in range(rows.shape[1]):
            front = radius[:12, column]
            after = int(np.argmax(front >= wanted)) if front[0] < wanted else 1
            lower[ring, column], upper[ring, column] = rows[after - 1, column], rows[after, column]
            share[ring, column] = (wanted - front[after - 1]) / (front[after] - front[after - 1])
    sources = np.concatenate(
        [np.array(poles)[:, None].repeat(2, 1), np.stack([lower, upper], -1).reshape(-1, 2)]
    )
    weights = np.concatenate([[[1.0, 0.0]] * 2, np.stack([1.0 - share, share], -1).reshape(-1, 2)])
    kept = np.concatenate([poles, rows.ravel()])
    place = dict(zip(kept.tolist(), range(len(kept)), strict=True))
    triangles = triangles_of(polygons, neutral)
    return pick(sources, weights, len(neutral)), np.array(
        [[place[v] for v in row] for row in triangles.tolist()]
    )

"""Resample the parts that are drawn differently from the archive's model: eyeballs and lashes."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from flame_model.arrays import Float64Array, Int64Array
from flame_model.builtin.parts.part import grid_faces
from flame_model.ict.grids import grid_rows, long_sides, neighbours, ring_around
from flame_model.paint.lash_picture import CARD_COLUMNS, CARD_ROWS

IRIS_RADIUS, PUPIL_RADIUS = 0.60, 0.21
"""Centimetres."""
RING_RADII = (0.08, 0.150, 0.200, 0.225, 0.32, 0.43, 0.52, 0.585, 0.63, 0.72)
"""Centimetres from the eye's axis to the front rings, which are moved to where the iris changes colour."""
_STRIP_VERTICES = 114
"""Number of vertices of one lash card."""
_CARD = 1
"""The card that is drawn among the six of an eye, of which the first three are the upper lid's."""
_LASH_ROW = 2.0
"""Row of the archive's lash cards (0 root, 5 tip) at which lashes end; uncut lashes are 15 mm long and hang
over the iris."""


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


def lashes(polygons: Int64Array, neutral: Float64Array) -> tuple[sparse.csr_matrix, Int64Array]:
    """Return the sampling matrix and faces of the upper lashes: the archive's middle card, cut to length.

    The vertices are numbered as `flame_model.paint.lash_picture` asks.
    """
    first = polygons.min()
    middle = neutral[polygons].mean((0, 1)) - np.array([0.0, 0.0, 2.0])
    card = polygons[(polygons[:, 0] - first) // _STRIP_VERTICES == _CARD]
    root = min(long_sides(card), key=lambda side: np.linalg.norm(neutral[side] - middle, axis=1).mean())
    rows = grid_rows(neighbours(card), root, set())
    across = np.linspace(0.0, rows.shape[1] - 1.0, CARD_COLUMNS)
    ahead = np.linspace(0.0, _LASH_ROW, CARD_ROWS)
    column, row = (
        np.minimum(at.astype(int), size - 2) for at, size in ((across, rows.shape[1]), (ahead, len(rows)))
    )
    shares = (
        np.stack([1.0 - (across - column), across - column]),
        np.stack([1.0 - (ahead - row), ahead - row]),
    )
    corners = [(i, j) for i in range(2) for j in range(2)]
    sources = np.stack([rows[row + j][:, column + i].T.ravel() for i, j in corners], axis=-1)
    weights = np.stack([np.outer(shares[0][i], shares[1][j]).ravel() for i, j in corners], axis=-1)
    return pick(sources, weights, len(neutral)), grid_faces(CARD_COLUMNS, CARD_ROWS, closed=False)

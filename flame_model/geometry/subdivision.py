"""Loop subdivision as one sparse matrix, which refines positions, shapes, weights and colours.

One round puts a vertex into every edge and moves the old vertices. For an edge (a, b) with opposite vertices
c and d, and a vertex v with n neighbours u:

    smooth edge    3/8 (a + b) + 1/8 (c + d)
    sharp edge     1/2 (a + b)
    smooth vertex  (1 - n k) v + k sum u       k = 3/16 for n = 3, else 3 / (8 n)
    on a crease    3/4 v + 1/8 (u1 + u2)       u1, u2: neighbours along its two sharp edges
    corner         v                           more than two sharp edges

Source: Loop 1987 with Warren's weights k; crease rules of Hoppe et al. 1994.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from scipy import sparse

from flame_model.arrays import FlagArray, Int64Array

Edge = tuple[int, int]


def subdivide(
    faces: Int64Array, vertex_count: int, creases: Collection[Edge] = (), rounds: int = 2
) -> tuple[sparse.csr_matrix, Int64Array, Int64Array]:
    """Return the matrix (V', V), the faces (F * 4**rounds, 3) and each one's original face (F * 4**rounds,).

    Boundary edges and `creases` (vertex pairs) are sharp: they approach the cubic B-spline of their points.
    """
    total = sparse.identity(vertex_count, format="csr")
    parent = np.arange(len(faces))
    sharp = {tuple(sorted(edge)) for edge in creases}
    for _ in range(rounds):
        step, faces, sharp = _one_round(faces, total.shape[0], sharp)
        total = (step @ total).tocsr()
        parent = np.tile(parent, 4)
    return total, faces, parent


def _one_round(
    faces: Int64Array, count: int, sharp: set[tuple[int, ...]]
) -> tuple[sparse.csr_matrix, Int64Array, set[tuple[int, ...]]]:
    """Return the matrix (count + edges, count), the faces (4 F, 3) and the sharp edges after one round."""
    sides = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    edges, inverse, uses = np.unique(np.sort(sides, axis=1), axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.ravel()
    opposite_sum = sparse.csr_matrix(
        (np.ones(len(sides)), (inverse, np.concatenate([faces[:, 2], faces[:, 0], faces[:, 1]]))),
        shape=(len(edges), count),
    )
    crease = (uses != 2) | np.array([tuple(edge) in sharp for edge in edges.tolist()])
    ends = sparse.csr_matrix(
        (np.ones(2 * len(edges)), (np.repeat(np.arange(len(edges)), 2), edges.ravel())),
        shape=(len(edges), count),
    )
    smooth_edge = 0.375 * ends + 0.125 * opposite_sum
    odd = (
        sparse.diags(crease.astype(float)) @ (0.5 * ends)
        + sparse.diags((~crease).astype(float)) @ smooth_edge
    )
    even = _even_rule(edges, crease, count)
    middle = count + inverse.reshape(3, -1)
    a, b, c = faces.T
    ab, bc, ca = middle
    refined = np.concatenate([np.stack(t, 1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))])
    halves = {tuple(sorted((int(end), count + int(i)))) for i in np.flatnonzero(crease) for end in edges[i]}
    return sparse.vstack([even, odd]).tocsr(), refined, halves


def _even_rule(edges: Int64Array, crease: FlagArray, count: int) -> sparse.csr_matrix:
    """Return the matrix (count, count) that moves the old vertices."""
    neighbours = _adjacency(edges, count)
    sharp_neighbours = _adjacency(edges[crease], count)
    valence = np.asarray(neighbours.sum(1)).ravel()
    sharp_valence = np.asarray(sharp_neighbours.sum(1)).ravel()
    k = np.where(valence == 3, 3 / 16, 3 / (8 * np.maximum(valence, 1)))
    on_curve, corner = sharp_valence == 2, sharp_valence > 2
    keep = np.where(on_curve, 0.75, 1 - k * valence)
    keep[corner | (valence == 0)] = 1.0
    own = np.where(on_curve | corner, 0.0, k)
    along = np.where(on_curve, 0.125, 0.0)
    return (
        sparse.diags(keep) + sparse.diags(own) @ neighbours + sparse.diags(along) @ sharp_neighbours
    ).tocsr()


def _adjacency(edges: Int64Array, count: int) -> sparse.csr_matrix:
    """Return the symmetric matrix (count, count) with 1 for each edge."""
    ones = np.ones(2 * len(edges))
    rows, columns = np.concatenate([edges[:, 0], edges[:, 1]]), np.concatenate([edges[:, 1], edges[:, 0]])
    return sparse.csr_matrix((ones, (rows, columns)), shape=(count, count))

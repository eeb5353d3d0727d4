"""Remove invisible vertices of a subdivided surface without leaving cracks.

A vertex that subdivision put into an edge is not needed where the surface is almost flat there. Adjacent
triangles that keep some of the vertices in their sides are cut into two or three.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import FlagArray, Float64Array, Int64Array


def bends(points: Float64Array, faces: Int64Array, rounds: int) -> Float64Array:
    """Return how far (V,) in metres each vertex that `subdivide` inserted lies from its edge, else 0.

    `points` (V, 3) and `faces` are the surface after `rounds` of subdivision.
    """
    away = np.zeros(len(points))
    for corners, middles in _levels(faces, rounds):
        for side in range(3):
            start, end, middle = (
                points[index] for index in (corners[:, side], corners[:, (side + 1) % 3], middles[:, side])
            )
            along = end - start
            length = np.maximum((along**2).sum(1, keepdims=True), 1e-18)
            offset = middle - start
            offset = offset - along * ((offset * along).sum(1, keepdims=True) / length)
            away[middles[:, side]] = np.linalg.norm(offset, axis=1)
    return away


def thinned(
    points: Float64Array, faces: Int64Array, rounds: int, needed: FlagArray
) -> tuple[Int64Array, Int64Array]:
    """Return the remaining faces (F, 3) and the cage face (F,) of each.

    `faces` and `points` (V, 3) are those of `subdivide` after `rounds`. The vertices `needed` (V,) stay;
    others stay only where a finer neighbouring face uses them.
    """
    levels = _levels(faces, rounds)
    kept = _with_supports(levels, needed)
    there = np.ones(len(levels[0][0]), dtype=bool)
    left, parents = [], []
    for corners, middles in levels:
        kept &= ~_hanging(middles, there, len(points))
        split = kept[middles]
        whole = split.all(axis=1)
        for part, source in _cut(points, corners, middles, split, np.flatnonzero(there & ~whole)):
            left.append(part)
            parents.append(source % len(levels[0][0]))
        there = np.tile(there & whole, 4)
    last = np.flatnonzero(there)
    return np.concatenate([*left, faces[last]]), np.concatenate([*parents, last % len(levels[0][0])])


def _levels(faces: Int64Array, rounds: int) -> list[tuple[Int64Array, Int64Array]]:
    """Return the corners (F, 3) and side midpoints (F, 3) of the faces of each round, coarsest first.

    A round turns F faces into 4 F: those at the first, second and third corners, then the middle ones.
    """
    levels = []
    for _ in range(rounds):
        first, second, third, middle = np.split(faces, 4)
        faces = np.stack([first[:, 0], second[:, 1], third[:, 2]], axis=1)
        levels.append((faces, middle))
    return levels[::-1]


def _with_supports(levels: list[tuple[Int64Array, Int64Array]], needed: FlagArray) -> FlagArray:
    """Return `needed` (V,) with the vertices that the needed ones depend on.

    A face with a needed midpoint is a quarter of a coarser face, whose own midpoints are then needed too.
    """
    kept = needed.copy()
    for (_, above), (_, middles) in zip(levels[-2::-1], levels[:0:-1], strict=True):
        carrying = kept[middles].any(axis=1).reshape(4, -1).any(axis=0)
        kept[above[carrying]] = True
    return kept


def _hanging(middles: Int64Array, there: FlagArray, count: int) -> FlagArray:
    """Return which vertices (V,) are midpoints of a face that does not exist (`there` is False)."""
    hanging = np.zeros(count, dtype=bool)
    hanging[middles[~there]] = True
    return hanging


def _cut(
    points: Float64Array, corners: Int64Array, middles: Int64Array, split: FlagArray, own: Int64Array
) -> list[tuple[Int64Array, Int64Array]]:
    """Return the triangles and their source faces for the faces `own` with none, one or two split sides."""
    count = split[own].sum(axis=1)
    whole, halved, cut = (own[count == k] for k in range(3))
    parts = [(corners[whole], whole)]
    # Turn each face so that its split side, or else its unsplit one, comes first.
    (a, b, c), (ab, _, _) = _turned(corners, middles, halved, np.argmax(split[halved], axis=1))
    parts += [(np.stack(t, axis=1), halved) for t in ((a, ab, c), (ab, b, c))]
    (a, b, c), (_, bc, ca) = _turned(corners, middles, cut, np.argmin(split[cut], axis=1))
    parts.append((np.stack((ca, bc, c), axis=1), cut))
    nearer = np.linalg.norm(points[a] - points[bc], axis=1) < np.linalg.norm(points[b] - points[ca], axis=1)
    apex = np.where(nearer, bc, ca)
    parts.append((np.stack((a, b, apex), axis=1), cut))
    parts.append((np.stack((np.where(nearer, a, b), bc, ca), axis=1), cut))
    return parts


def _turned(
    corners: Int64Array, middles: Int64Array, own: Int64Array, first: Int64Array
) -> tuple[list[Int64Array], list[Int64Array]]:
    """Return three corners and three midpoints (N,) of the faces `own`, counted from side `first`."""
    order = (first[:, None] + np.arange(3)) % 3
    turned = (np.take_along_axis(a[own], order, axis=1) for a in (corners, middles))
    of_corners, of_middles = (list(a.T) for a in turned)
    return of_corners, of_middles

"""Take back splits of a subdivided surface that do not show, without leaving cracks.

A vertex in the middle of an edge that hardly bends there is not needed. Triangles beside it that keep some of
their own middles are cut into two or three.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import FlagArray, Float64Array, Int64Array


def bends(points: Float64Array, faces: Int64Array, rounds: int) -> Float64Array:
    """Return (V,) how far each vertex that `subdivide` put into an edge lies from it, 0 for the cage's own.

    `points` (V, 3) and `faces` are the surface after so many `rounds`.
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
    """Return the faces (F, 3) that are left and which of the cage's each is part of (F,).

    `faces` are those of `subdivide` after so many `rounds`; of its `points` (V, 3) those `needed` (V,) stay,
    others only where a finer neighbour rests on them.
    """
    levels = _levels(faces, rounds)
    kept = _resting(levels, needed)
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
    """Return corners (F, 3) and middles of their sides (F, 3) of the faces of each round, coarsest first.

    A round makes of F faces four times as many: those at the first, second and third corners, then the
    middle ones.
    """
    levels = []
    for _ in range(rounds):
        first, second, third, middle = np.split(faces, 4)
        faces = np.stack([first[:, 0], second[:, 1], third[:, 2]], axis=1)
        levels.append((faces, middle))
    return levels[::-1]


def _resting(levels: list[tuple[Int64Array, Int64Array]], needed: FlagArray) -> FlagArray:
    """Return `needed` and what carries it: a face with a needed middle is a quarter of a face split whole."""
    kept = needed.copy()
    for (_, above), (_, middles) in zip(levels[-2::-1], levels[:0:-1], strict=True):
        carrying = kept[middles].any(axis=1).reshape(4, -1).any(axis=0)
        kept[above[carrying]] = True
    return kept


def _hanging(middles: Int64Array, there: FlagArray, count: int) -> FlagArray:
    """Return which vertices (V,) lie in a side of a face that is not `there`."""
    hanging = np.zeros(count, dtype=bool)
    hanging[middles[~there]] = True
    return hanging


def _cut(
    points: Float64Array, corners: Int64Array, middles: Int64Array, split: FlagArray, own: Int64Array
) -> list[tuple[Int64Array, Int64Array]]:
    """Return triangles and their source for faces `own` with no, one or two sides split."""
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
    """Return corners and middles, three (N,) each, of faces `own` counted from the side `first` (N,)."""
    order = (first[:, None] + np.arange(3)) % 3
    turned = (np.take_along_axis(a[own], order, axis=1) for a in (corners, middles))
    of_corners, of_middles = (list(a.T) for a in turned)
    return of_corners, of_middles

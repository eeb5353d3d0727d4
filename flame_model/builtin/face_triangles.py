"""Find the triangles of the tracker's mesh from its edges, and orient them outwards."""

from __future__ import annotations

from collections import Counter

import numpy as np

from flame_model.arrays import Float64Array, Int64Array


def face_triangles(edges: Int64Array, neutral: Float64Array, mirror: Int64Array) -> Int64Array:
    """Return the triangles (852, 3) of the tracker's mesh `edges` (N, 2), counter-clockwise from outside.

    The tracker's mesh is not quite symmetric: the person's left side is used for both sides. Outwards is +z
    at the nose; from there the orientation is passed on from neighbour to neighbour.
    """
    neighbours: dict[int, set[int]] = {}
    for a, b in edges.tolist():
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    pairs = sorted({(min(edge), max(edge)) for edge in edges.tolist()})
    cycles: list[tuple[int, ...]] = [
        (a, b, c) for a, b in pairs for c in sorted(neighbours[a] & neighbours[b]) if c > b
    ]
    triangles = _without_enclosing(cycles)
    seed = min(range(len(triangles)), key=lambda i: -neutral[list(triangles[i]), 2].sum())
    turned = np.array(_turned_alike(triangles, seed, neutral), dtype=np.int64)
    left = turned[(neutral[turned, 0] > -1e-6).all(axis=1)]
    return np.concatenate([left, mirror[left][:, ::-1]])


def _sides(triangle: tuple[int, ...]) -> list[frozenset[int]]:
    a, b, c = triangle
    return [frozenset(pair) for pair in ((a, b), (b, c), (c, a))]


def _without_enclosing(cycles: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return the cycles of three edges that are faces, without those that enclose other faces.

    Every side of an enclosing cycle already belongs to two faces.
    """
    uses = Counter(side for cycle in cycles for side in _sides(cycle))
    return [cycle for cycle in cycles if any(uses[side] < 3 for side in _sides(cycle))]


def _turned_alike(
    triangles: list[tuple[int, ...]], seed: int, neutral: Float64Array
) -> list[tuple[int, ...]]:
    """Return the triangles with one orientation: that of the `seed` triangle turned towards +z."""
    a, b, c = (neutral[i] for i in triangles[seed])
    turned = {seed: triangles[seed] if np.cross(b - a, c - a)[2] > 0 else triangles[seed][::-1]}
    by_side: dict[frozenset[int], list[int]] = {}
    for index, triangle in enumerate(triangles):
        for side in _sides(triangle):
            by_side.setdefault(side, []).append(index)
    front = [seed]
    while front:
        i, j, k = turned[front.pop()]
        for start, end in ((i, j), (j, k), (k, i)):
            for other in by_side[frozenset((start, end))]:
                if other not in turned:
                    (third,) = set(triangles[other]) - {start, end}
                    turned[other] = (end, start, third)
                    front.append(other)
    return [turned[index] for index in range(len(triangles))]

"""Put the vertices of regular grids of quadrangles in order; the archive numbers them arbitrarily."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Int64Array

Neighbours = dict[int, set[int]]
"""Vertex to the vertices that share an edge with it."""


def neighbours(polygons: Int64Array) -> Neighbours:
    """Return the vertices that share an edge with each vertex of polygons (P, 4)."""
    found: Neighbours = {}
    for a, b in _edges(polygons):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found


def _edges(polygons: Int64Array) -> list[tuple[int, int]]:
    """Return the directed edges of polygons (P, 4)."""
    pairs = np.stack([polygons, np.roll(polygons, -1, axis=1)], axis=-1).reshape(-1, 2)
    return [(a, b) for a, b in pairs.tolist() if a != b]


def ring_around(around: Neighbours, pole: int) -> list[int]:
    """Return the neighbours of a pole in order around it."""
    ring = [min(around[pole])]
    while len(ring) < len(around[pole]):
        ring.append(min((around[ring[-1]] & around[pole]) - set(ring)))
    return ring


def grid_rows(around: Neighbours, first: list[int], passed: set[int]) -> Int64Array:
    """Return the rows (R, C) of a grid from its `first` row on, leading away from the vertices `passed`."""
    rows, seen = [first], passed | set(first)
    while True:
        ahead = [around[vertex] - seen for vertex in rows[-1]]
        if any(len(step) != 1 for step in ahead):
            break
        following = [min(step) for step in ahead]
        if len(set(following)) < len(following):
            break
        rows.append(following)
        seen |= set(following)
    return np.array(rows)

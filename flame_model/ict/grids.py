"""Put the vertices of regular grids of quadrangles in order; the archive numbers them arbitrarily."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from flame_model.arrays import Int64Array

Neighbours = dict[int, set[int]]
"""Vertex to the vertices that share an edge with it."""


def neighbours(polygons: Int64Array) -> Neighbours:
    """Return the vertices that share an edge with each vertex of polygons (P, 4)."""
    return _linked(_edges(polygons))


def _linked(edges: Iterable[Iterable[int]]) -> Neighbours:
    """Return the other ends of the edges at each vertex."""
    found: Neighbours = {}
    for a, b in edges:
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


def long_sides(polygons: Int64Array) -> tuple[list[int], list[int]]:
    """Return the two longer sides of a rectangular grid's border, each from corner to corner."""
    border = [edge for edge, times in Counter(map(frozenset, _edges(polygons))).items() if times == 1]
    around = _linked(border)
    corners = {vertex for vertex, times in Counter(polygons.reshape(-1).tolist()).items() if times == 1}
    sides = []
    for corner in corners:
        for step in around[corner]:
            side = [corner, step]
            while side[-1] not in corners:
                side.append(min(around[side[-1]] - {side[-2]}))
            sides.append(side)
    sides.sort(key=lambda side: (-len(side), side))
    return sides[0], next(side for side in sides[1:] if not set(side) & set(sides[0]))

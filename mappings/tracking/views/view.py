"""The view of a source's pictures that is tracked: turned upright, or a part of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Picture
from mappings.frames import FaceObservation
from mappings.tracking.views.region import Region

TURNS = {1: "on its side", 2: "upside down", 3: "on its side"}
"""Quarter turns, counter-clockwise, that put a picture upright, each with how the picture lay."""

LEVELS = 3
"""Number of sizes of parts that are searched: halves, quarters and eighths of a picture."""
_SMALLEST = 160
"""Least side of a part in pixels: a face of 15 % of it has 24 pixels."""


class View(NamedTuple):
    """A view of a source's pictures: they are turned, then cut to a part."""

    turns: int = 0
    """Quarter turns, counter-clockwise."""
    region: Region | None = None
    """The part of the turned picture; None for all of it."""

    def turned(self, image: Picture) -> Picture:
        """Return the whole picture (H, W, 3), turned."""
        return np.rot90(image, self.turns) if self.turns else image

    def part(self, image: Picture) -> Picture:
        """Return the viewed part of a picture (H, W, 3)."""
        whole = self.turned(image)
        return whole if self.region is None else self.region.of(whole)

    def as_whole(self, seen: FaceObservation, image: Picture) -> FaceObservation:
        """Return an observation in the viewed part of an image as one in the whole, turned image."""
        return seen if self.region is None else self.region.as_whole(seen, size_of(self.turned(image)))


def size_of(image: Picture) -> tuple[int, int]:
    """Return (W, H) of an image (H, W, 3)."""
    return image.shape[1], image.shape[0]


def parts(size: tuple[int, int], turns: int = 0, levels: int = LEVELS) -> Iterator[list[View]]:
    """Yield smaller and smaller parts of pictures of `size` (W, H), turned by quarters, level by level.

    Parts are squares, and neighbours overlap by a third. The detector finds faces down to 10 % to 15 % of the
    longer side of the picture that it is given, so halves, quarters and eighths show faces of 2 %.
    """
    whole = size[::-1] if turns % 2 else size
    for level in range(1, levels + 1):
        side = max(whole) >> level
        if side < _SMALLEST:
            return
        width, height = min(side, whole[0]), min(side, whole[1])
        yield [
            View(turns, Region(left, top, width, height))
            for top in _starts(whole[1], height)
            for left in _starts(whole[0], width)
        ]


def _starts(length: int, side: int) -> list[int]:
    """Return the first pixels of parts that are spread evenly over a length and overlap by a third."""
    count = 1 + -(-3 * (length - side) // (2 * side))
    return [int(start) for start in np.linspace(0, length - side, count).round()]

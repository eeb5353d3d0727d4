"""How a person asks to look closer."""

from __future__ import annotations

from typing import NamedTuple

MOST_ZOOM = 32.0


class Zoom(NamedTuple):
    """Hold what part of the picture is tracked: 1 / `factor` of its width and height."""

    factor: float
    """1 to MOST_ZOOM."""
    middle: tuple[float, float] | None = None
    """(x, y) in 0..1 of the picture, from its upper left corner; None for where a face is found."""

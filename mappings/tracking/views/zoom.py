"""The zoom that the user asks for; in a module without NumPy, so that the command line starts fast."""

from __future__ import annotations

from typing import NamedTuple

MOST_ZOOM = 32.0
"""Largest factor of a zoom."""


class Zoom(NamedTuple):
    """The part of the pictures that the user asks to track."""

    factor: float
    """The part has 1 / `factor` of the picture's width and height; 1 to MOST_ZOOM."""
    middle: tuple[float, float] | None = None
    """(x, y) in 0..1 of the picture, from its upper left corner; None for where a face is found."""

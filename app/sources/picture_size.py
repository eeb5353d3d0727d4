"""The largest size of frames from files and addresses; larger pictures are scaled down to it."""

from __future__ import annotations

MAX_SIDE = 4096
"""Longest side of a frame in pixels. The tracker scales the face down to about 200 pixels a side."""


def bounded(width: float, height: float) -> tuple[int, int]:
    """Return (W, H) in whole pixels with the same proportions and no side longer than MAX_SIDE."""
    scale = min(1.0, MAX_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))

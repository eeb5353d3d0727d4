"""How large the pictures of files may become."""

from __future__ import annotations

MAX_SIDE = 4096
"""Pictures are brought to this many pixels a side: the tracker looks at some 200 of them."""


def bounded(width: float, height: float) -> tuple[int, int]:
    """Return (W, H) whole pixels of the same shape, no side longer than MAX_SIDE."""
    scale = min(1.0, MAX_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))

"""What a run shows behind transparent pictures of its source."""

from __future__ import annotations

from app.sources import BLACK, Color
from render.look import Background


def backdrop(background: Background) -> Color:
    """Return the run's own colour; black, as players have it, where the background is not one."""
    if background.color is None:
        return BLACK
    red, green, blue = (round(255 * channel) for channel in background.color)
    return red, green, blue

"""Sliders for the colours of skin, eyes and brows, each along a path through its presets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from flame_model.head import Head
from flame_model.paint.recoloring.person_colors import PARTS, PersonColors, color_along, place_along

if TYPE_CHECKING:
    from flame_model.paint.recoloring.color_regions import ColorRegions


class ColorSliders:
    """The colours that the window shows, as places 0..1; use it from the main thread."""

    def __init__(self, head: Head, chosen: PersonColors, set_colors: Callable[[Head], object]) -> None:
        """Start from the colours that the user chose for a head, which is given in its own.

        `set_colors` is called with the head in new colours.
        """
        self._head = head
        self._chosen = self._colors = chosen
        self._set_colors = set_colors
        self._regions: ColorRegions | None = None

    def start(self) -> None:
        """Find the head's own colours, which takes some tenths of a second, unless they are known."""
        # Importing SciPy takes a third of a second more, which the window's start does not need.
        from app.model.identity import landmark_places
        from flame_model.paint.recoloring.color_regions import find_regions

        places = landmark_places(self._head)
        if self._regions is None and places is not None:
            self._regions = find_regions(self._head, places)

    def sliders(self) -> tuple[tuple[str, float], ...]:
        """Return name and place 0..1 of each slider; a part that the head does not show has none."""
        own = None if self._regions is None else self._regions.own
        shown = [(part, getattr(self._colors, part) or getattr(own, part)) for part in PARTS if own]
        return tuple((part, place_along(part, color)) for part, color in shown if getattr(own, part))

    def move(self, places: dict[str, float]) -> None:
        """Give parts, by their names, the colours at places 0..1."""
        self._show(replace(self._colors, **{part: color_along(part, at) for part, at in places.items()}))

    def reset(self) -> None:
        """Show the colours from the start again."""
        self._show(self._chosen)

    def _show(self, colors: PersonColors) -> None:
        from flame_model.paint.recoloring.recolor import recolored

        if self._regions is not None and colors != self._colors:
            self._colors = colors
            self._set_colors(recolored(self._head, self._regions, colors))

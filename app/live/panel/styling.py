"""The colours and the hair of the head in the window: sliders along presets, and a choice of styles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.system.daemon import Daemon
from flame_model.head import Head
from flame_model.paint.hair.fitting import can_wear_hair
from flame_model.paint.hair.painted_strands import OWN
from flame_model.paint.hair.styles import NONE, STYLES
from flame_model.paint.hair.wear import with_hair
from flame_model.paint.recoloring.person_colors import (
    FACE_PARTS,
    HAIR,
    PersonColors,
    color_along,
    place_along,
)

if TYPE_CHECKING:
    from flame_model.paint.recoloring.color_regions import ColorRegions


class Styling:
    """The colours and the hair style that the window shows; use it from the main thread."""

    def __init__(
        self,
        bare: Head,
        colors: PersonColors,
        style: str,
        *,
        set_colors: Callable[[Head], object],
        set_head: Callable[[Head], object],
    ) -> None:
        """Start from what the user chose for a head, which is given without hair and in its own colours.

        `set_colors` is called with the head in other colours, `set_head` with the head in another style.
        """
        self._bare = bare
        self._shown = (colors, style)
        self._set_colors = set_colors
        self._set_head = set_head
        self._regions: ColorRegions | None = None
        self._finding: Daemon | None = None

    def start(self) -> None:
        """Begin to find the head's own colours, which takes some tenths of a second on a thread."""
        if self._finding is None:
            self._finding = Daemon("colours", self._find)
            self._finding.start()

    def wait(self) -> None:
        """Wait until the colours are known that `start` began to find."""
        if self._finding is not None:
            self._finding.join()

    def _find(self) -> None:
        # Importing SciPy takes a third of a second more, which the window's start does not need.
        from app.model.identity import landmark_places
        from flame_model.paint.recoloring.color_regions import find_regions

        places = landmark_places(self._bare)
        if places is not None:
            self._regions = find_regions(self._bare, places)

    @property
    def styles(self) -> tuple[str, ...]:
        """Hair styles that the head can wear, none for a head that cannot wear hair."""
        return STYLES if self._regions is not None and can_wear_hair(self._bare) else ()

    @property
    def colors(self) -> PersonColors:
        """The colours that were chosen."""
        return self._shown[0]

    @property
    def style(self) -> str:
        """The hair style that is shown."""
        return self._shown[1]

    def sliders(self) -> tuple[tuple[str, float], ...]:
        """Return name and place 0..1 of each slider; a part that the head does not show has none."""
        if self._regions is None:
            return ()
        colors, style = self._shown
        own = {part: getattr(self._regions.own, part) for part in FACE_PARTS}
        own[HAIR] = None if style == NONE else OWN
        parts = [part for part, color in own.items() if color is not None]
        return tuple((part, place_along(part, getattr(colors, part) or own[part])) for part in parts)

    def move(self, places: dict[str, float]) -> None:
        """Give parts, by their names, the colours at places 0..1."""
        colors, style = self._shown
        moved = {part: color_along(part, at) for part, at in places.items()}
        self._show(replace(colors, **moved), style)

    def wear(self, style: str) -> None:
        """Show the head with hair of another style."""
        self._show(self._shown[0], style)

    def plain(self) -> None:
        """Show the head in its own colours."""
        self._show(PersonColors(), self._shown[1])

    def draw_again(self) -> None:
        """Draw the head as it was chosen, whatever is shown."""
        if self._regions is not None:
            self._set_head(self._dressed(*self._shown))

    def _dressed(self, colors: PersonColors, style: str) -> Head:
        from flame_model.paint.recoloring.recolor import recolored

        assert self._regions is not None
        return with_hair(recolored(self._bare, self._regions, colors), style, colors.hair)

    def _show(self, colors: PersonColors, style: str) -> None:
        before = self._shown
        if self._regions is None or (colors, style) == before:
            return
        self._shown = (colors, style)
        show = self._set_colors if style == before[1] else self._set_head
        show(self._dressed(colors, style))

"""What is drawn behind the head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flame_model.arrays import Picture
from flame_model.errors import InputError
from render.scene.lighting import Color

COLOR_NAMES: dict[str, Color] = {
    "green": (0.0, 177 / 255, 64 / 255),
    "black": (0.0, 0.0, 0.0),
    "white": (1.0, 1.0, 1.0),
}
"""Background colours with a name, sRGB 0..1; green is that of chroma-key cloth."""
BACKGROUND_NAMES = ("studio", "transparent", *COLOR_NAMES)
"""The backgrounds with a name."""


@dataclass(frozen=True, slots=True)
class Background:
    """Background behind the head: the studio, one colour, a gradient, or transparency (`alpha` 0)."""

    color: Color | None = None
    """sRGB 0..1, of the whole background or of a gradient's upper edge; None: the studio."""
    alpha: float = 1.0
    lower: Color | None = None
    """sRGB 0..1 of a gradient's lower edge; None: one colour."""

    @classmethod
    def known(cls, text: str) -> Background | None:
        """Return the background that `parse` would, None for text that it would refuse."""
        name = text.strip().lower()
        if name == "studio":
            return cls()
        if name == "transparent":
            return cls(color=(0.0, 0.0, 0.0), alpha=0.0)
        colors = [_color(part.strip()) for part in name.split(",")]
        if None in colors or len(colors) > 2:
            return None
        return cls(color=colors[0], lower=colors[1] if len(colors) == 2 else None)

    @classmethod
    def parse(cls, text: str) -> Background:
        """Return the background that `text` names.

        This is `studio`, `transparent`, a colour (`green`, `black`, `white` or `#rrggbb`), or two colours
        with a comma between them, a gradient from top to bottom. Raises InputError for anything else.
        """
        background = cls.known(text)
        if background is None:
            known = ", ".join(BACKGROUND_NAMES)
            raise InputError(
                f"The background {text!r} is not known; use one of {known}, #rrggbb or two colours such as "
                "white,#8090a0."
            )
        return background


@dataclass(frozen=True, slots=True, eq=False)
class PictureBackground:
    """A picture behind the head, as large as needed to fill the background, its middle in the middle."""

    picture: Picture
    """(H, W, 3) sRGB, top row first; it is uploaded again where another array follows."""

    @property
    def alpha(self) -> float:
        """Pictures are opaque."""
        return 1.0


AnyBackground = Background | PictureBackground
STUDIO = Background()


def _color(name: str) -> Color | None:
    """Return the colour of a name or of #rrggbb, None for anything else."""
    if not re.fullmatch(r"#[0-9a-f]{6}", name):
        return COLOR_NAMES.get(name)
    red, green, blue = (int(name[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue

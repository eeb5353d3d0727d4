"""What is drawn behind the head."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flame_model.errors import InputError
from render.scene.lighting import Color

COLOR_NAMES: dict[str, Color] = {
    "green": (0.0, 177 / 255, 64 / 255),
    "black": (0.0, 0.0, 0.0),
    "white": (1.0, 1.0, 1.0),
}
"""Background colours with a name, sRGB 0..1; green is that of chroma-key cloth."""


@dataclass(frozen=True, slots=True)
class Background:
    """Background behind the head: the studio, one flat colour, or transparency (`alpha` 0)."""

    color: Color | None = None
    """sRGB 0..1; None: the studio, a gradient."""
    alpha: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Background:
        """Return the background named by `studio`, `transparent`, `green`, `black`, `white` or `#rrggbb`.

        Raises InputError for anything else.
        """
        name = text.strip().lower()
        if name == "studio":
            return cls()
        if name == "transparent":
            return cls(color=(0.0, 0.0, 0.0), alpha=0.0)
        if name in COLOR_NAMES:
            return cls(color=COLOR_NAMES[name])
        if re.fullmatch(r"#[0-9a-f]{6}", name):
            red, green, blue = (int(name[start : start + 2], 16) / 255 for start in (1, 3, 5))
            return cls(color=(red, green, blue))
        known = ", ".join(["studio", "transparent", *COLOR_NAMES])
        raise InputError(f"The background {text!r} is not known; use one of {known}, or #rrggbb.")


STUDIO = Background()

"""What the head stands in: lights and background."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flame_model.errors import InputError

Color = tuple[float, float, float]

COLOR_NAMES: dict[str, Color] = {
    "green": (0.0, 177 / 255, 64 / 255),
    "black": (0.0, 0.0, 0.0),
    "white": (1.0, 1.0, 1.0),
}
"""sRGB; green is the green of chroma-key cloth."""


@dataclass(frozen=True, slots=True)
class Light:
    """Describe a distant light."""

    direction: tuple[float, float, float]
    """Towards the light, in the head's axes at rest; need not be of unit length."""
    color: Color
    """Linear RGB times intensity."""


@dataclass(frozen=True, slots=True)
class Look:
    """Describe the lights of the stage; colours are linear RGB."""

    key: Light = Light((-0.85, 0.80, 0.85), (3.30, 2.90, 2.45))
    """The main light, warm."""
    fill: Light = Light((1.0, 0.10, 0.70), (0.26, 0.34, 0.48))
    """Softens the key's shadows, cool."""
    rim: Light = Light((0.90, 0.40, -1.0), (1.15, 1.30, 1.60))
    """Comes from behind and parts the head from the background."""
    sky: Color = (0.25, 0.27, 0.31)
    """Ambient light from above."""
    ground: Color = (0.13, 0.095, 0.08)
    """Ambient light from below."""
    exposure: float = 1.0

    @property
    def lights(self) -> tuple[Light, Light, Light]:
        """Key, fill and rim."""
        return self.key, self.fill, self.rim

    def uniforms(self) -> dict[str, npt.NDArray[np.float64]]:
        """Return the uniforms of `surface.glsl` that the look decides."""
        directions = np.array([light.direction for light in self.lights])
        return {
            "light_directions": directions / np.linalg.norm(directions, axis=1, keepdims=True),
            "light_colors": np.array([light.color for light in self.lights]),
            "sky_color": np.array(self.sky),
            "exposure": np.array(self.exposure),
        }


@dataclass(frozen=True, slots=True)
class Background:
    """Describe what is behind the head: the studio, one flat colour, or nothing (`color` None, `alpha` 0)."""

    color: Color | None = None
    """sRGB 0..1; None for the studio's gradient."""
    alpha: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Background:
        """Return the background named by `studio`, `transparent`, `#rrggbb` or a colour's name.

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
        raise InputError(f"background {text!r} is not known; use one of {known} or #rrggbb")


STUDIO = Background()

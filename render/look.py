"""Lights and background of the scene around the head."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.errors import InputError

Color = tuple[float, float, float]

COLOR_NAMES: dict[str, Color] = {
    "green": (0.0, 177 / 255, 64 / 255),
    "black": (0.0, 0.0, 0.0),
    "white": (1.0, 1.0, 1.0),
}
"""Background colours with a name, sRGB 0..1; green is that of chroma-key cloth."""

LIGHT_COUNT = 3
"""Distant lights of a look: key, fill and rim."""


@dataclass(frozen=True, slots=True)
class Light:
    """A distant light: the same direction and colour everywhere on the head."""

    direction: tuple[float, float, float]
    """Towards the light, in the head's axes at rest, of any length."""
    color: Color
    """Linear RGB times intensity."""


@dataclass(frozen=True, slots=True)
class Look:
    """Lights of the scene: three distant lights and ambient light; colours are linear RGB.

    The numbers of the default look were chosen by eye. `render/shaders/light/light.frag` and
    `render/shaders/skin/shading.glsl` state the lighting model as equations.
    """

    key: Light = Light((-0.62, 0.95, 0.90), (2.70, 2.43, 2.12))
    """Main light: warm, from above and left of the camera, so that brow and chin cast soft shadows."""
    fill: Light = Light((1.0, 0.15, 0.80), (0.42, 0.43, 0.47))
    """Light that brightens the key light's shadows: nearly white, from the right."""
    rim: Light = Light((0.62, 0.75, -1.7), (0.80, 0.85, 0.95))
    """Light from behind that sets the outline off from the background. From farther aside it would leave a
    pale stripe on temple and nose."""
    sky: Color = (0.27, 0.275, 0.29)
    """Ambient light from above."""
    ground: Color = (0.13, 0.095, 0.08)
    """Ambient light from below."""
    exposure: float = 1.0
    """Factor of all light before tone mapping."""

    @property
    def lights(self) -> tuple[Light, Light, Light]:
        """Key, fill and rim light."""
        return self.key, self.fill, self.rim

    def uniforms(self) -> dict[str, Float64Array]:
        """Return the uniforms of `skin/shading.glsl` that depend on the look."""
        directions = np.array([light.direction for light in self.lights])
        return {
            "light_directions": directions / np.linalg.norm(directions, axis=1, keepdims=True),
            "light_colors": np.array([light.color for light in self.lights]),
            "sky_color": np.array(self.sky),
            "exposure": np.array(self.exposure),
        }


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

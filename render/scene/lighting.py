"""The lights of the scene: three distant ones, ambient light, and broad glows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array

Color = tuple[float, float, float]

LIGHT_COUNT = 3
"""Distant lights: key, fill and rim."""
MOST_GLOWS = 2
"""Largest number of glows of a lighting."""


@dataclass(frozen=True, slots=True)
class Light:
    """A distant light: the same direction and colour everywhere on the head."""

    direction: tuple[float, float, float]
    """Towards the light, in the head's axes at rest, of any length."""
    color: Color
    """Linear RGB times intensity."""


DARK = Light((0.0, 0.0, 1.0), (0.0, 0.0, 0.0))
"""A light that is switched off."""


@dataclass(frozen=True, slots=True)
class Glow:
    """Broad light from far away, such as a window or a bright part of the sky: a spherical Gaussian.

    Its radiance in direction d is color e^(sharpness (d . direction - 1)).
    """

    direction: tuple[float, float, float]
    """Towards its middle, in the head's axes at rest, of any length."""
    color: Color
    """Linear RGB radiance in its middle."""
    sharpness: float
    """At 2 it fills half of the sky, at 20 it is a window at a few metres."""


@dataclass(frozen=True, slots=True)
class Lighting:
    """Lights of the scene: three distant lights, ambient light and glows; colours are linear RGB.

    The numbers of the default lighting were chosen by eye. `render/shaders/light/light.frag` and
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
    glows: tuple[Glow, ...] = ()
    """At most MOST_GLOWS."""
    exposure: float = 1.0
    """Factor of all light before tone mapping."""

    @property
    def lights(self) -> tuple[Light, Light, Light]:
        """Key, fill and rim light."""
        return self.key, self.fill, self.rim

    def uniforms(self) -> dict[str, Float64Array]:
        """Return the uniforms of `skin/shading.glsl` that depend on the lighting."""
        unlit = Glow(DARK.direction, DARK.color, 1.0)
        glows = (*self.glows, *[unlit] * MOST_GLOWS)[:MOST_GLOWS]
        return {
            "light_directions": _unit_vectors(self.lights),
            "light_colors": np.array([light.color for light in self.lights]),
            "glow_directions": _unit_vectors(glows),
            "glow_colors": np.array([glow.color for glow in glows]),
            "glow_sharpness": np.array([glow.sharpness for glow in glows]),
            "sky_color": np.array(self.sky),
            "exposure": np.array(self.exposure),
        }


def _unit_vectors(lights: Sequence[Light | Glow]) -> Float64Array:
    """Return the directions (N, 3) towards lights, of length 1."""
    directions = np.array([light.direction for light in lights])
    units: Float64Array = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return units

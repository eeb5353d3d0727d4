"""The look clay: a matte bust, in which brows, lips and irises are only a little darker than the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Float32Array
from render.gl.program import Program
from render.looks.contract import HeadParts, View
from render.looks.lit import LitLook
from render.mesh.surface import Surface
from render.passes.deform_shapes import GRID_WIDTH

CLAY = (0.44, 0.385, 0.345)
"""Linear RGB; a light grey stoneware, chosen by eye."""
ROUGHNESS, SOFTNESS = 0.72, 0.30
"""Chosen by eye: nearly without highlights, with soft edges of shadows."""
MARKED = 0.5
"""Share of the head's own contrast that its features keep; chosen by eye."""


class ClayLook(LitLook):
    """Draws a head as a bust of clay, lit as in the studio."""

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        textured = int(parts.mesh.texture is not None)
        defines = {"GRID_WIDTH": GRID_WIDTH, "TEXTURED": textured, "WRINKLED": 0, "MARKED": MARKED}
        self._program = Program("head/matte.vert", "clay/clay.frag", defines)

    def surface(self) -> Surface:
        """Return the head in clay; a texture marks its features per pixel."""
        return clay_surface(self.parts.mesh.surface, marked=self.parts.mesh.texture is None)

    def draw(self, view: View) -> None:
        """Draw the bust."""
        self._program.use()
        if self.bind_texture(self._program, view):
            self._program.set(skin_brightness=np.median(brightness(self.parts.mesh.surface.tint)))
        self._program.bind_textures(positions=self.parts.deform.positions, lit=self.light.lit)
        self.draw_surface(self._program, view)

    def release(self) -> None:
        """Delete the passes."""
        super().release()
        self._program.release()


def clay_surface(surface: Surface, marked: bool) -> Surface:
    """Return the drawn vertices of a head in clay; where `marked`, features keep MARKED of their contrast."""
    light = brightness(surface.albedo)
    marks = 1.0 - MARKED * (1.0 - light / np.median(light)).clip(0.0) * marked
    albedo = marks[:, None] * np.array(CLAY)
    finish = surface.finish.copy()
    finish[:, :2] = ROUGHNESS, SOFTNESS
    return replace(
        surface,
        albedo=albedo.astype(np.float32),
        tint=np.ones_like(surface.tint),
        finish=finish,
        shiny_below=0.0,
        mottled=False,
    )


def brightness(colors: Float32Array) -> Float32Array:
    """Return the mean of red, green and blue of each colour (N, 3)."""
    return colors.mean(axis=1)

"""The look heat: how far each point of the surface has moved from rest, with a legend in millimetres."""

from __future__ import annotations

import cv2
import numpy as np
from OpenGL import GL

from flame_model.arrays import Picture
from flame_model.head import JOINT_NAMES
from render.gl.program import Program
from render.gl.textures import new_texture
from render.looks.contract import HeadParts, Look, View
from render.looks.legend import Legend
from render.passes.deform_shapes import GRID_WIDTH

MOST_MM = 20
"""Millimetres at the end of the scale; a wide open mouth moves the chin about twice as far."""
_ROOT, _SKULL = JOINT_NAMES.index("root"), JOINT_NAMES.index("neck")


class HeatLook(Look):
    """Draws the displacement by expression, jaw, lids and eyes; turning the head does not count."""

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        self._program = Program("heat/heat.vert", "heat/heat.frag", {"GRID_WIDTH": GRID_WIDTH})
        colors = scale_colors()
        self._scale = new_texture(GL.GL_TEXTURE_2D, GL.GL_LINEAR, clamp=True)
        GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
        size = (len(colors), 1)
        GL.glTexImage2D(
            GL.GL_TEXTURE_2D, 0, GL.GL_RGB8, *size, 0, GL.GL_RGB, GL.GL_UNSIGNED_BYTE, colors[None]
        )
        self._legend = Legend(colors, MOST_MM)

    def draw(self, view: View) -> None:
        """Draw the surface."""
        self._program.use()
        self.bind_surface(self._program, view)
        self._program.bind_textures(rest=self.parts.deform.rest, scale=self._scale)
        self._program.set(root=view.joints[_ROOT], skull=view.joints[_SKULL], most_metres=MOST_MM / 1000.0)
        self.draw_surface(self._program, view)

    def draw_over(self, view: View) -> None:
        """Draw the legend."""
        self._legend.draw(view.size)

    def release(self) -> None:
        """Delete the program, the scale and the legend."""
        GL.glDeleteTextures(1, [self._scale])
        self._program.release()
        self._legend.release()


def scale_colors() -> Picture:
    """Return the colours (256, 3) of the scale from 0 to MOST_MM: dark blue, red, pale yellow."""
    levels = np.arange(256, dtype=np.uint8)[:, None]
    colors = cv2.applyColorMap(levels, cv2.COLORMAP_INFERNO)[:, 0, ::-1].astype(np.float64)
    # Near black the shape of a resting face could not be seen.
    start = np.array([50.0, 60.0, 104.0])
    share = np.linspace(0.0, 1.0, 256)[:, None] ** 0.7
    return np.ascontiguousarray(np.clip(start * (1.0 - share) + colors * share, 0, 255), dtype=np.uint8)

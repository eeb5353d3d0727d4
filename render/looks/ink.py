"""Ink lines around forms: drawn where depth or direction of the surface change abruptly."""

from __future__ import annotations

from OpenGL import GL

from render.gl.drawing import FullScreen, blend_over, overwrite_pixels
from render.gl.program import Program
from render.looks.contract import View
from render.looks.surface_map import DEPTH_RANGE

REACH = 1.0 / 720
"""Half the width of a line as a share of the picture's shorter side, at least a pixel; chosen by eye."""


class Ink:
    """Finds lines in a `SurfaceMap`, and draws them over the picture."""

    def __init__(self) -> None:
        self._program = Program("shared/full_screen.vert", "ink/ink.frag", {"DEPTH_RANGE": DEPTH_RANGE})
        self._screen = FullScreen()

    def draw(self, surface_map: int, view: View) -> None:
        """Draw the lines in a map's texture into the bound framebuffer."""
        overwrite_pixels()
        blend_over()
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(*view.region)
        self._program.use()
        self._program.bind_textures(surface=surface_map)
        self._program.set(reach=max(round(REACH * min(view.size)), 1))
        self._screen.draw()
        GL.glDisable(GL.GL_BLEND)
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def release(self) -> None:
        """Delete the program."""
        self._program.release()
        self._screen.release()

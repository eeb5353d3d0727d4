"""Ink lines around forms: drawn where depth or direction of the surface change abruptly."""

from __future__ import annotations

from OpenGL import GL

from render.gl.drawing import FullScreen, blend_over, overwrite_pixels
from render.gl.program import Program

REACH = 1.0 / 720
"""Half the width of a line as a share of the picture's shorter side, at least a pixel; chosen by eye."""


class Ink:
    """Finds lines in a `SurfaceMap`, and draws them over the picture."""

    def __init__(self) -> None:
        self._program = Program("shared/full_screen.vert", "ink/ink.frag")
        self._screen = FullScreen()

    def draw(self, surface_map: int, size: tuple[int, int]) -> None:
        """Draw the lines in a map's texture into the bound framebuffer of (width, height) pixels."""
        overwrite_pixels()
        blend_over()
        self._program.use()
        self._program.bind_textures(surface=surface_map)
        self._program.set(reach=max(round(REACH * min(size)), 1))
        self._screen.draw()
        GL.glDisable(GL.GL_BLEND)

    def release(self) -> None:
        """Delete the program."""
        self._program.release()
        self._screen.release()

"""Smooth the edges of a picture that was drawn without multisampling."""

from __future__ import annotations

from OpenGL import GL

from render.program import Program
from render.textures import FullScreen, float_target

TILE = 4
"""Pixels along the side of the squares that are smoothed or left; software OpenGL shades as many at once."""


class EdgePass:
    """Draw a picture's edges, smoothed, over its copy in the bound framebuffer.

    Software OpenGL runs both sides of an `if`, so each tile's contrast is measured first, and tiles without
    any are never drawn: 1.6 ms instead of 3.0 at 512x512.
    """

    def __init__(self) -> None:
        self._contrast = Program("full_screen.vert", "contrast.frag", {"TILE": TILE})
        self._edges = Program("tiles.vert", "edges.frag", {"TILE": TILE})
        self._screen = FullScreen()
        self._tiles, self._contrasts, self._framebuffer = (0, 0), 0, 0

    def draw(
        self, picture: int, size: tuple[int, int], region: tuple[int, int, int, int], framebuffer: int
    ) -> None:
        """Draw the texture's edges inside `region`: left, bottom, width, height in pixels."""
        left, bottom = region[0] // TILE, region[1] // TILE
        columns, rows = (
            -(-(region[0] + region[2]) // TILE) - left,
            -(-(region[1] + region[3]) // TILE) - bottom,
        )
        for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        self._make_room(size)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._framebuffer)
        GL.glViewport(left, bottom, columns, rows)
        self._contrast.use()
        self._contrast.bind_textures(picture=picture)
        self._screen.draw()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        GL.glViewport(0, 0, *size)
        GL.glEnable(GL.GL_PROGRAM_POINT_SIZE)
        self._edges.use()
        self._edges.bind_textures(picture=picture, contrasts=self._contrasts)
        self._edges.set(first_tile=(left, bottom), columns=columns, picture_size=size)
        self._screen.draw_points(columns * rows)

    def _make_room(self, size: tuple[int, int]) -> None:
        """Have a contrast for each tile of a picture of (width, height) pixels."""
        needed = -(-size[0] // TILE), -(-size[1] // TILE)
        if needed[0] > self._tiles[0] or needed[1] > self._tiles[1]:
            self._delete_contrasts()
            self._tiles = max(needed[0], self._tiles[0]), max(needed[1], self._tiles[1])
            (self._contrasts,), self._framebuffer = float_target(*self._tiles)

    def _delete_contrasts(self) -> None:
        GL.glDeleteTextures(1, [self._contrasts])
        GL.glDeleteFramebuffers(1, [self._framebuffer])

    def release(self) -> None:
        """Delete the programs and the texture of contrasts."""
        self._delete_contrasts()
        for part in (self._contrast, self._edges, self._screen):
            part.release()

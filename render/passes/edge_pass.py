"""Smooth the stair steps along edges of a picture that was drawn without multisampling."""

from __future__ import annotations

from OpenGL import GL

from render.gl.drawing import FullScreen, overwrite_pixels
from render.gl.program import Program
from render.gl.textures import float_target

TILE = 4
"""Pixels along the side of the squares that are smoothed or skipped; software OpenGL shades 4x4 at once."""


class EdgePass:
    """Draws smoothed edges over a copy of the picture.

    Software OpenGL runs both branches of an `if`. So the contrast of each tile is measured first, and tiles
    without contrast are not drawn, which takes 1.6 ms at 512x512 pixels instead of 3.0 ms.
    """

    def __init__(self) -> None:
        self._contrast = Program("shared/full_screen.vert", "edges/contrast.frag", {"TILE": TILE})
        self._edges = Program("edges/tiles.vert", "edges/edges.frag", {"TILE": TILE})
        self._screen = FullScreen()
        self._tiles, self._contrasts, self._framebuffer = (0, 0), 0, 0

    def draw(
        self, picture: int, size: tuple[int, int], region: tuple[int, int, int, int], framebuffer: int
    ) -> None:
        """Draw the edges of the texture `picture` into `framebuffer`, which holds a copy of it.

        `region` is left, bottom, width and height in pixels of the part to smooth.
        """
        left, bottom = region[0] // TILE, region[1] // TILE
        columns = -(-(region[0] + region[2]) // TILE) - left
        rows = -(-(region[1] + region[3]) // TILE) - bottom
        overwrite_pixels()
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
        """Enlarge the texture of contrasts to the tiles of a picture of (width, height) pixels, if needed."""
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

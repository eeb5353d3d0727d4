"""Draw the inset: the camera picture with the landmarks that the tracker found."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Array, Float32Array, Picture
from render.gl.drawing import FullScreen
from render.gl.picture_texture import PictureTexture
from render.gl.program import Program

SHARE = 0.26
"""Longer side of the inset, as a share of the window's shorter side."""
MARGIN = 0.02
"""Distance from the window's edges, as a share of its shorter side."""
POINT_COLOR = (0.45, 0.95, 0.80, 0.85)
"""sRGB and alpha of a landmark."""

Rectangle = tuple[float, float, float, float]
"""Left, bottom, width, height in pixels."""


class InsetPass:
    """Draws a picture (H, W, 3) RGB in the lower right corner of the window.

    The picture is uploaded when `draw` receives another array than before.
    """

    def __init__(self) -> None:
        self._picture = Program("inset/picture.vert", "inset/picture.frag")
        self._points = Program("inset/landmarks.vert", "inset/landmarks.frag")
        self._texture = PictureTexture()
        self._screen = FullScreen()
        self._vertex_array = GL.glGenVertexArrays(1)
        self._buffer = GL.glGenBuffers(1)
        GL.glBindVertexArray(self._vertex_array)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffer)
        GL.glEnableVertexAttribArray(0)
        GL.glVertexAttribPointer(0, 2, GL.GL_FLOAT, GL.GL_FALSE, 0, None)
        GL.glBindVertexArray(0)

    def draw(
        self,
        picture: Picture,
        size: tuple[int, int],
        dim: float = 0.0,
        landmarks: Array | None = None,
    ) -> None:
        """Draw over a window of (width, height) pixels.

        `dim` darkens the picture: 0 not at all, 1 to black. `landmarks` (N, 2 or 3) are pixels of the
        picture, y down.
        """
        height, width = picture.shape[:2]
        left, bottom, shown_width, shown_height = inset_rectangle((width, height), size)
        clip = np.array([2 * left, 2 * bottom, 2 * shown_width, 2 * shown_height], np.float32)
        clip /= np.array([*size, *size], np.float32)
        clip[:2] -= 1.0
        for capability in (GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFuncSeparate(
            GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA
        )
        GL.glViewport(0, 0, *size)
        self._picture.use()
        self._picture.bind_textures(picture=self._texture.of(picture))
        self._picture.set(
            rectangle=clip, dim=dim, pixels=(shown_width, shown_height), corner_radius=0.03 * shown_width
        )
        self._screen.draw_strip()
        if landmarks is not None:
            self._draw_points(landmarks, clip, (width, height), max(1.5, shown_width / 130.0))
        GL.glBindVertexArray(0)

    def _draw_points(
        self,
        landmarks: Array,
        clip: Float32Array,
        picture_size: tuple[int, int],
        point_size: float,
    ) -> None:
        data = np.ascontiguousarray(landmarks[:, :2], dtype=np.float32)
        GL.glEnable(GL.GL_PROGRAM_POINT_SIZE)
        self._points.use()
        self._points.set(
            rectangle=clip, picture_size=picture_size, point_size=point_size, point_color=POINT_COLOR
        )
        GL.glBindVertexArray(self._vertex_array)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffer)
        GL.glBufferData(GL.GL_ARRAY_BUFFER, data.nbytes, data, GL.GL_STREAM_DRAW)
        GL.glDrawArrays(GL.GL_POINTS, 0, len(data))

    def release(self) -> None:
        """Delete everything on the GPU."""
        GL.glDeleteBuffers(1, [self._buffer])
        GL.glDeleteVertexArrays(1, [self._vertex_array])
        for part in (self._texture, self._screen, self._picture, self._points):
            part.release()


def inset_rectangle(picture: tuple[int, int], window: tuple[int, int]) -> Rectangle:
    """Return the rectangle of the inset for a (width, height) picture in a (width, height) window."""
    shorter = min(window)
    scale = SHARE * shorter / max(picture)
    width, height = picture[0] * scale, picture[1] * scale
    margin = MARGIN * shorter
    return window[0] - margin - width, margin, width, height

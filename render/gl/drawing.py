"""Draws without vertex attributes, by the number of each vertex alone; and the state that draws need."""

from __future__ import annotations

from OpenGL import GL


def overwrite_pixels() -> None:
    """Let the next draws write every pixel they cover: no blending, depth test, culling or scissor."""
    for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
        GL.glDisable(capability)


def nearest_front_faces() -> None:
    """Let the next draws write front faces only, each pixel from the nearest."""
    for capability in (GL.GL_BLEND, GL.GL_SCISSOR_TEST):
        GL.glDisable(capability)
    for capability in (GL.GL_DEPTH_TEST, GL.GL_CULL_FACE):
        GL.glEnable(capability)
    GL.glDepthMask(True)
    GL.glDepthFunc(GL.GL_LESS)
    GL.glFrontFace(GL.GL_CCW)
    GL.glCullFace(GL.GL_BACK)


def blend_over() -> None:
    """Let the next draws lie over the picture by their alpha, which multiplies their colours already."""
    GL.glEnable(GL.GL_BLEND)
    GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)


class FullScreen:
    """Draws without attributes: one triangle over the viewport (`full_screen.vert`), or items by number."""

    def __init__(self) -> None:
        self._vertex_array = GL.glGenVertexArrays(1)

    def draw(self) -> None:
        """Draw the triangle with the current program."""
        self._draw(GL.GL_TRIANGLES, 3)

    def draw_points(self, count: int) -> None:
        """Draw `count` points with the current program, which places each by its `gl_VertexID`."""
        self._draw(GL.GL_POINTS, count)

    def draw_strip(self) -> None:
        """Draw a rectangle with the current program, which places its four corners by their `gl_VertexID`."""
        self._draw(GL.GL_TRIANGLE_STRIP, 4)

    def draw_triangles(self, count: int) -> None:
        """Draw `count` triangles with the current program, which places each corner by its `gl_VertexID`."""
        self._draw(GL.GL_TRIANGLES, 3 * count)

    def _draw(self, kind: int, count: int) -> None:
        GL.glBindVertexArray(self._vertex_array)
        GL.glDrawArrays(kind, 0, count)
        GL.glBindVertexArray(0)

    def release(self) -> None:
        """Delete the vertex array."""
        GL.glDeleteVertexArrays(1, [self._vertex_array])

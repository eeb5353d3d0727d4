"""Draws without vertex attributes: a triangle over the whole viewport, or points; and the state they need."""

from __future__ import annotations

from OpenGL import GL


def overwrite_pixels() -> None:
    """Let the next draws write every pixel they cover: no blending, depth test, culling or scissor."""
    for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
        GL.glDisable(capability)


class FullScreen:
    """Draws without attributes: one triangle over the viewport (`full_screen.vert`), or points by number."""

    def __init__(self) -> None:
        self._vertex_array = GL.glGenVertexArrays(1)

    def draw(self) -> None:
        """Draw the triangle with the current program."""
        self._draw(GL.GL_TRIANGLES, 3)

    def draw_points(self, count: int) -> None:
        """Draw `count` points with the current program, which places each by its `gl_VertexID`."""
        self._draw(GL.GL_POINTS, count)

    def _draw(self, kind: int, count: int) -> None:
        GL.glBindVertexArray(self._vertex_array)
        GL.glDrawArrays(kind, 0, count)
        GL.glBindVertexArray(0)

    def release(self) -> None:
        """Delete the vertex array."""
        GL.glDeleteVertexArrays(1, [self._vertex_array])

"""The drawn head over the backdrop, its edges smoothed where it was drawn without multisampling."""

from __future__ import annotations

from OpenGL import GL

from render.program import Program
from render.textures import FullScreen


class CompositePass:
    """Blend a picture whose colours are multiplied by alpha over the bound framebuffer of the same size."""

    def __init__(self, smooth: bool) -> None:
        self._program = Program("full_screen.vert", "composite.frag", {"SMOOTH": int(smooth)})
        self._screen = FullScreen()

    def draw(self, picture: int, size: tuple[int, int], region: tuple[int, int, int, int]) -> None:
        """Draw the texture inside `region`: left, bottom, width, height in pixels."""
        for capability in (GL.GL_DEPTH_TEST, GL.GL_CULL_FACE):
            GL.glDisable(capability)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(*region)
        GL.glViewport(0, 0, *size)
        self._program.use()
        self._program.bind_textures(picture=picture)
        self._screen.draw()
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def release(self) -> None:
        """Delete the program."""
        self._program.release()
        self._screen.release()

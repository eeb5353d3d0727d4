"""What is behind the head."""

from __future__ import annotations

from OpenGL import GL

from render.look import Background
from render.program import Program
from render.textures import FullScreen


class BackdropPass:
    """Fill the target with a background; colours come out multiplied by alpha."""

    def __init__(self) -> None:
        self._program = Program("full_screen.vert", "backdrop.frag")
        self._screen = FullScreen()

    def draw(self, background: Background, size: tuple[int, int]) -> None:
        """Draw over the whole viewport of (width, height) pixels, whatever its depth."""
        for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        color = (-1.0, 0.0, 0.0, 1.0) if background.color is None else (*background.color, background.alpha)
        self._program.use()
        self._program.set(flat_color=color, aspect=size[0] / size[1])
        self._screen.draw()

    def release(self) -> None:
        """Delete the program."""
        self._program.release()
        self._screen.release()

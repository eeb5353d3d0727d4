"""Pictures of a stage that is shown in a window, at a size of their own and without what lies over it."""

from __future__ import annotations

from OpenGL import GL

from flame_model.params import HeadParams
from render.camera import OrbitCamera
from render.look import STUDIO, Background
from render.stage import Stage
from render.target import Picture, Target


class Snapshot:
    """Draw a window's stage once more into memory; the window is bound again afterwards."""

    def __init__(self, stage: Stage, size: tuple[int, int]) -> None:
        self._stage = stage
        self._target = Target(size)
        _bind_window()

    def take(self, params: HeadParams, camera: OrbitCamera, background: Background = STUDIO) -> Picture:
        """Return the picture (H, W, 4), top row first."""
        self._target.bind()
        self._stage.draw(params, camera, self._target.size, background)
        picture = self._target.read_rgba()
        _bind_window()
        return picture

    def release(self) -> None:
        """Delete the buffers."""
        self._target.release()


def _bind_window() -> None:
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)

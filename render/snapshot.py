"""Pictures of a renderer that is shown in a window, at a size of their own and without what lies over it."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Picture
from flame_model.params import HeadParams
from render.camera import OrbitCamera
from render.head_renderer import HeadRenderer
from render.look import STUDIO, Background
from render.target import Target


class Snapshot:
    """Take pictures of `size` (W, H) of a window's renderer; the window stays bound."""

    def __init__(self, renderer: HeadRenderer, size: tuple[int, int]) -> None:
        self.size = size
        self._renderer = renderer
        self._target: Target | None = None

    def take(self, params: HeadParams, camera: OrbitCamera, background: Background = STUDIO) -> Picture:
        """Draw the renderer once more, into memory; return the picture (H, W, 4), top row first."""
        if self._target is None:
            self._target = Target(self.size)
        self._target.bind()
        self._renderer.draw(params, camera, self.size, background)
        picture = self._target.read_rgba()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        return picture

    def grab(self) -> Picture:
        """Return what was just drawn into the window, which has this size: a tenth of drawing it again."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        GL.glPixelStorei(GL.GL_PACK_ALIGNMENT, 4)
        picture = np.empty((self.size[1], self.size[0], 4), np.uint8)
        GL.glReadPixels(0, 0, *self.size, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, picture)
        return np.ascontiguousarray(picture[::-1])

    def release(self) -> None:
        """Delete the buffers."""
        if self._target is not None:
            self._target.release()

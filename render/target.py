"""A multisampled picture in memory: draw into it, resolve it, read it back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.errors import GraphicsError

Picture = npt.NDArray[np.uint8]


class Target:
    """Own a colour and depth buffer of (width, height) pixels with `samples` samples, and its resolved copy."""

    def __init__(self, size: tuple[int, int], samples: int = 4) -> None:
        self.size = size
        most = int(GL.glGetIntegerv(GL.GL_MAX_SAMPLES))
        self._samples = min(samples, most) if samples > 1 else 0
        self._draw, draw_buffers = _framebuffer(size, self._samples, depth=True)
        self._resolved, resolved_buffers = self._draw, []
        if self._samples:
            self._resolved, resolved_buffers = _framebuffer(size, 0, depth=False)
        self._buffers = draw_buffers + resolved_buffers

    def bind(self) -> None:
        """Draw into this target from now on."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._draw)
        GL.glViewport(0, 0, *self.size)

    def read_rgba(self) -> Picture:
        """Return the picture (H, W, 4), top row first; colours are multiplied by alpha as drawn."""
        width, height = self.size
        if self._samples:
            GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, self._draw)
            GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._resolved)
            whole = (0, 0, width, height)
            GL.glDisable(GL.GL_SCISSOR_TEST)
            GL.glBlitFramebuffer(*whole, *whole, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST)
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, self._resolved)
        GL.glPixelStorei(GL.GL_PACK_ALIGNMENT, 4)
        picture = np.empty((height, width, 4), np.uint8)
        GL.glReadPixels(0, 0, width, height, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, picture)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._draw)
        return np.ascontiguousarray(picture[::-1])

    def release(self) -> None:
        """Delete the buffers."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        for framebuffer in {self._draw, self._resolved}:
            GL.glDeleteFramebuffers(1, [framebuffer])
        GL.glDeleteRenderbuffers(len(self._buffers), self._buffers)


def straight_alpha(picture: Picture) -> Picture:
    """Return a picture (H, W, 4) whose colours are no longer multiplied by alpha, as PNG wants them."""
    alpha = picture[..., 3:].astype(np.uint16)
    edge = (alpha[..., 0] > 0) & (alpha[..., 0] < 255)
    straight = picture.copy()
    straight[edge, :3] = np.minimum(picture[edge, :3].astype(np.uint16) * 255 // alpha[edge], 255)
    return straight


def _framebuffer(size: tuple[int, int], samples: int, depth: bool) -> tuple[int, list[int]]:
    """Return a framebuffer and the buffers it owns, colour first."""
    framebuffer: int = GL.glGenFramebuffers(1)
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
    parts = [(GL.GL_RGBA8, GL.GL_COLOR_ATTACHMENT0)]
    if depth:
        parts.append((GL.GL_DEPTH_COMPONENT24, GL.GL_DEPTH_ATTACHMENT))
    buffers = []
    for layout, attachment in parts:
        buffer = GL.glGenRenderbuffers(1)
        GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, buffer)
        GL.glRenderbufferStorageMultisample(GL.GL_RENDERBUFFER, samples, layout, *size)
        GL.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, attachment, GL.GL_RENDERBUFFER, buffer)
        buffers.append(int(buffer))
    if GL.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER) != GL.GL_FRAMEBUFFER_COMPLETE:
        raise GraphicsError(f"the graphics driver cannot draw {size[0]}x{size[1]} with {samples} samples")
    return framebuffer, buffers

"""A picture in memory: draw into it, use it as a texture, read it back."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Picture
from flame_model.errors import GraphicsError


class Target:
    """Own colour and depth of (width, height) pixels with `samples` samples, and the resolved texture."""

    def __init__(self, size: tuple[int, int], samples: int = 1) -> None:
        self.size = size
        self._samples = min(samples, int(GL.glGetIntegerv(GL.GL_MAX_SAMPLES)))
        self.texture = _color_texture(size)
        self._resolved = int(GL.glGenFramebuffers(1))
        self._buffers: list[int] = []
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._resolved)
        GL.glFramebufferTexture2D(
            GL.GL_FRAMEBUFFER, GL.GL_COLOR_ATTACHMENT0, GL.GL_TEXTURE_2D, self.texture, 0
        )
        self._drawn = self._resolved
        if self._samples > 1:
            self._drawn = int(GL.glGenFramebuffers(1))
            GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._drawn)
            self._attach(GL.GL_COLOR_ATTACHMENT0, GL.GL_RGBA8)
        self._attach(GL.GL_DEPTH_ATTACHMENT, GL.GL_DEPTH_COMPONENT24)
        if GL.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER) != GL.GL_FRAMEBUFFER_COMPLETE:
            raise GraphicsError(
                f"the graphics driver cannot draw {size[0]}x{size[1]} pixels with {samples} samples"
            )

    def bind(self) -> None:
        """Draw into this target from now on."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._drawn)
        GL.glViewport(0, 0, *self.size)

    def clear_depth(self) -> None:
        """Make the bound target infinitely deep."""
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glDepthMask(True)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)

    def resolve(self) -> int:
        """Average the samples and return the texture that holds the picture."""
        if self._samples > 1:
            GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, self._drawn)
            GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._resolved)
            GL.glDisable(GL.GL_SCISSOR_TEST)
            whole = (0, 0, *self.size)
            GL.glBlitFramebuffer(*whole, *whole, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST)
        return self.texture

    def copy(self) -> None:
        """Copy the picture into the framebuffer bound for drawing, which has one sample a pixel."""
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, self._resolved)
        GL.glDisable(GL.GL_SCISSOR_TEST)
        whole = (0, 0, *self.size)
        GL.glBlitFramebuffer(*whole, *whole, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST)

    def read_rgba(self) -> Picture:
        """Return the picture (H, W, 4), top row first; colours are multiplied by alpha as drawn."""
        width, height = self.size
        self.resolve()
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, self._resolved)
        GL.glPixelStorei(GL.GL_PACK_ALIGNMENT, 4)
        picture = np.empty((height, width, 4), np.uint8)
        GL.glReadPixels(0, 0, width, height, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, picture)
        return np.ascontiguousarray(picture[::-1])

    def release(self) -> None:
        """Delete the buffers."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        for framebuffer in {self._drawn, self._resolved}:
            GL.glDeleteFramebuffers(1, [framebuffer])
        GL.glDeleteRenderbuffers(len(self._buffers), self._buffers)
        GL.glDeleteTextures(1, [self.texture])

    def _attach(self, attachment: int, layout: int) -> None:
        buffer = int(GL.glGenRenderbuffers(1))
        self._buffers.append(buffer)
        GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, buffer)
        samples = self._samples if self._samples > 1 else 0
        GL.glRenderbufferStorageMultisample(GL.GL_RENDERBUFFER, samples, layout, *self.size)
        GL.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, attachment, GL.GL_RENDERBUFFER, buffer)


def is_software() -> bool:
    """Tell whether the current context draws on the processor."""
    name = GL.glGetString(GL.GL_RENDERER).decode(errors="replace").lower()
    return any(word in name for word in ("llvmpipe", "softpipe", "swrast", "software"))


def straight_alpha(picture: Picture) -> Picture:
    """Return a picture (H, W, 4) whose colours are no longer multiplied by alpha, as PNG wants them."""
    alpha = picture[..., 3:].astype(np.uint16)
    edge = (alpha[..., 0] > 0) & (alpha[..., 0] < 255)
    straight = picture.copy()
    straight[edge, :3] = np.minimum(picture[edge, :3].astype(np.uint16) * 255 // alpha[edge], 255)
    return straight


def _color_texture(size: tuple[int, int]) -> int:
    texture: int = GL.glGenTextures(1)
    GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
    for axis in (GL.GL_TEXTURE_WRAP_S, GL.GL_TEXTURE_WRAP_T):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, axis, GL.GL_CLAMP_TO_EDGE)
    for use in (GL.GL_TEXTURE_MIN_FILTER, GL.GL_TEXTURE_MAG_FILTER):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, use, GL.GL_LINEAR)
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA8, *size, 0, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, None)
    return texture

"""Framebuffers of colour and depth: draw a picture into memory, use it as a texture, read it back."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Picture
from flame_model.errors import GraphicsError
from render.gl.textures import new_texture


class Target:
    """Colour and depth of (width, height) pixels with `samples` samples each, and the resolved texture.

    Colours are sRGB multiplied by alpha. Raises GraphicsError where the driver cannot draw into it.
    """

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
                f"The graphics driver cannot draw {size[0]}x{size[1]} pixels with {samples} samples; "
                "choose a smaller size."
            )

    def bind(self) -> None:
        """Bind the target, so that the next draws fill it."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._drawn)
        GL.glViewport(0, 0, *self.size)

    def clear_depth(self) -> None:
        """Set the depth of every pixel of the bound target to the farthest."""
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glDepthMask(True)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)

    def resolve(self) -> int:
        """Average the samples of each pixel and return the texture that holds the picture."""
        if self._samples > 1:
            GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._resolved)
            self._copy_from(self._drawn)
        return self.texture

    def copy(self, left: int = 0) -> None:
        """Copy the picture into the framebuffer bound for drawing, which has one sample per pixel.

        Its lower left corner comes to (left, 0).
        """
        self._copy_from(self._resolved, left)

    def read_rgba(self) -> Picture:
        """Return the picture (H, W, 4) as it was drawn, top row first."""
        self.resolve()
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, self._resolved)
        return read_bound_framebuffer(self.size)

    def release(self) -> None:
        """Delete the buffers and the texture."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        for framebuffer in {self._drawn, self._resolved}:
            GL.glDeleteFramebuffers(1, [framebuffer])
        GL.glDeleteRenderbuffers(len(self._buffers), self._buffers)
        GL.glDeleteTextures(1, [self.texture])

    def _copy_from(self, framebuffer: int, left: int = 0) -> None:
        """Copy a framebuffer of this size into the one bound for drawing, which may have fewer samples."""
        GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, framebuffer)
        GL.glDisable(GL.GL_SCISSOR_TEST)
        width, height = self.size
        there = (left, 0, left + width, height)
        GL.glBlitFramebuffer(0, 0, width, height, *there, GL.GL_COLOR_BUFFER_BIT, GL.GL_NEAREST)

    def _attach(self, attachment: int, layout: int) -> None:
        buffer = int(GL.glGenRenderbuffers(1))
        self._buffers.append(buffer)
        GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, buffer)
        samples = self._samples if self._samples > 1 else 0
        GL.glRenderbufferStorageMultisample(GL.GL_RENDERBUFFER, samples, layout, *self.size)
        GL.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, attachment, GL.GL_RENDERBUFFER, buffer)


def read_bound_framebuffer(size: tuple[int, int]) -> Picture:
    """Return the picture (H, W, 4) of (width, height) pixels bound for reading, top row first."""
    width, height = size
    GL.glPixelStorei(GL.GL_PACK_ALIGNMENT, 4)
    picture = np.empty((height, width, 4), np.uint8)
    GL.glReadPixels(0, 0, width, height, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, picture)
    return np.ascontiguousarray(picture[::-1])


def _color_texture(size: tuple[int, int]) -> int:
    texture = new_texture(GL.GL_TEXTURE_2D, GL.GL_LINEAR, clamp=True)
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA8, *size, 0, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, None)
    return texture

"""Textures that hold numbers, and drawing over a whole target."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.errors import GraphicsError

_FORMATS = {
    ("f", 1): (GL.GL_R32F, GL.GL_RED, GL.GL_FLOAT),
    ("f", 2): (GL.GL_RG32F, GL.GL_RG, GL.GL_FLOAT),
    ("f", 3): (GL.GL_RGB32F, GL.GL_RGB, GL.GL_FLOAT),
    ("f", 4): (GL.GL_RGBA32F, GL.GL_RGBA, GL.GL_FLOAT),
    ("i", 2): (GL.GL_RG32I, GL.GL_RG_INTEGER, GL.GL_INT),
    ("i", 4): (GL.GL_RGBA32I, GL.GL_RGBA_INTEGER, GL.GL_INT),
}


def number_texture(values: npt.NDArray[Any]) -> int:
    """Upload float32 or int32 numbers as a texture read by `texelFetch` and return its name.

    (H, W, C) becomes a 2D texture, (L, H, W, C) an array of L layers. Nothing is filtered or rounded.
    """
    target = GL.GL_TEXTURE_2D if values.ndim == 3 else GL.GL_TEXTURE_2D_ARRAY
    texture: int = GL.glGenTextures(1)
    GL.glBindTexture(target, texture)
    GL.glTexParameteri(target, GL.GL_TEXTURE_MIN_FILTER, GL.GL_NEAREST)
    GL.glTexParameteri(target, GL.GL_TEXTURE_MAG_FILTER, GL.GL_NEAREST)
    GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
    inner, outer, kind = _FORMATS[values.dtype.kind, values.shape[-1]]
    data = np.ascontiguousarray(values)
    if values.ndim == 3:
        height, width = values.shape[:2]
        GL.glTexImage2D(target, 0, inner, width, height, 0, outer, kind, data)
    else:
        layers, height, width = values.shape[:3]
        GL.glTexImage3D(target, 0, inner, width, height, layers, 0, outer, kind, data)
    return texture


def grid_shape(count: int, width: int) -> tuple[int, int]:
    """Return (rows, width) of the grid that holds `count` items row by row; at least one row."""
    return max(1, -(-count // width)), width


def as_grid(values: npt.NDArray[Any], width: int) -> npt.NDArray[Any]:
    """Lay (N, C) items out row by row as (rows, width, C), the rest zeros."""
    rows, _ = grid_shape(len(values), width)
    grid = np.zeros((rows * width, values.shape[1]), values.dtype)
    grid[: len(values)] = values
    return grid.reshape(rows, width, values.shape[1])


def float_target(width: int, height: int, count: int = 1) -> tuple[list[int], int]:
    """Return float textures (height, width, 4) and a framebuffer that draws into all of them."""
    textures = [number_texture(np.zeros((height, width, 4), np.float32)) for _ in range(count)]
    attachments = [GL.GL_COLOR_ATTACHMENT0 + index for index in range(count)]
    buffer: int = GL.glGenFramebuffers(1)
    GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, buffer)
    for attachment, texture in zip(attachments, textures, strict=True):
        GL.glFramebufferTexture2D(GL.GL_DRAW_FRAMEBUFFER, attachment, GL.GL_TEXTURE_2D, texture, 0)
    GL.glDrawBuffers(count, attachments)
    status = GL.glCheckFramebufferStatus(GL.GL_DRAW_FRAMEBUFFER)
    GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, 0)
    if status != GL.GL_FRAMEBUFFER_COMPLETE:
        raise GraphicsError("this graphics driver cannot draw into float textures")
    return textures, buffer


class FullScreen:
    """Draw what needs no attributes: mostly one triangle over the whole viewport (`full_screen.vert`)."""

    def __init__(self) -> None:
        self._vertex_array = GL.glGenVertexArrays(1)

    def draw(self) -> None:
        """Draw the triangle with the current program."""
        self._draw(GL.GL_TRIANGLES, 3)

    def draw_points(self, count: int) -> None:
        """Draw points with the current program, which places them by their number."""
        self._draw(GL.GL_POINTS, count)

    def _draw(self, kind: int, count: int) -> None:
        GL.glBindVertexArray(self._vertex_array)
        GL.glDrawArrays(kind, 0, count)
        GL.glBindVertexArray(0)

    def release(self) -> None:
        """Delete the vertex array."""
        GL.glDeleteVertexArrays(1, [self._vertex_array])

"""Textures of numbers: arrays uploaded for `texelFetch`, and float textures to draw into."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Array
from flame_model.errors import GraphicsError

_FORMATS = {
    ("f", 1): (GL.GL_R32F, GL.GL_RED, GL.GL_FLOAT),
    ("f", 2): (GL.GL_RG32F, GL.GL_RG, GL.GL_FLOAT),
    ("f", 3): (GL.GL_RGB32F, GL.GL_RGB, GL.GL_FLOAT),
    ("f", 4): (GL.GL_RGBA32F, GL.GL_RGBA, GL.GL_FLOAT),
    ("i", 2): (GL.GL_RG32I, GL.GL_RG_INTEGER, GL.GL_INT),
    ("i", 4): (GL.GL_RGBA32I, GL.GL_RGBA_INTEGER, GL.GL_INT),
}
"""Internal format, format and type of a texture, by kind of number and number of channels."""


def new_texture(kind: int, smaller: int, larger: int | None = None, *, clamp: bool = False) -> int:
    """Create a texture of a kind such as `GL_TEXTURE_2D`, leave it bound and return its name.

    `smaller` filters texels smaller than pixels, `larger` those larger than pixels (None: the same filter).
    `clamp` repeats the border beyond the edge instead of the whole texture.
    """
    texture: int = GL.glGenTextures(1)
    GL.glBindTexture(kind, texture)
    GL.glTexParameteri(kind, GL.GL_TEXTURE_MIN_FILTER, smaller)
    GL.glTexParameteri(kind, GL.GL_TEXTURE_MAG_FILTER, smaller if larger is None else larger)
    if clamp:
        GL.glTexParameteri(kind, GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE)
        GL.glTexParameteri(kind, GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE)
    return texture


def number_texture(values: Array) -> int:
    """Upload float32 or int32 numbers as a texture for `texelFetch` and return its name.

    (H, W, C) becomes a 2D texture, (L, H, W, C) an array of L layers. Nothing is filtered or rounded.
    """
    target = GL.GL_TEXTURE_2D if values.ndim == 3 else GL.GL_TEXTURE_2D_ARRAY
    texture = new_texture(target, GL.GL_NEAREST)
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


def as_grid(values: Array, width: int) -> Array:
    """Lay (N, C) items out row by row as (rows, width, C), the rest zeros."""
    rows, _ = grid_shape(len(values), width)
    grid = np.zeros((rows * width, values.shape[1]), values.dtype)
    grid[: len(values)] = values
    return grid.reshape(rows, width, values.shape[1])


def float_target(width: int, height: int, count: int = 1) -> tuple[list[int], int]:
    """Return `count` float textures (height, width, 4) and a framebuffer that draws into all of them.

    Raises GraphicsError where the driver cannot draw into float textures.
    """
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
        raise GraphicsError("The graphics driver cannot draw into float textures; update the driver.")
    return textures, buffer

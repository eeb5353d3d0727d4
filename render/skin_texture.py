"""A head's texture on the GPU, and how finely it is read."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.head import Head, Texture

COARSEST_LEVEL = 4
"""Of mipmaps: below it what lies side by side in a texture would run together."""
SOFTER = 0.25
"""Levels that the one level of a picture is coarser than the nearest to it, which flickers less."""


class SkinTexture:
    """Hold a texture with mipmaps on the GPU; `name` is OpenGL's.

    Its values stay as they are encoded: software OpenGL filters bytes faster than it decodes them.
    """

    def __init__(self, texture: Texture, head: Head) -> None:
        self.name = _upload(texture.picture)
        self._texels_per_metre = texels_per_metre(texture, head)
        self._finest = 0

    def read_one_level(self, pixels_per_metre: float) -> None:
        """Read the one level that suits pictures of so many pixels until told otherwise.

        On the processor this spares the choice at every pixel and the finest level's way through its caches:
        1.4 ms of a picture of 720x720 pixels. Where a texel is as large as a pixel the nearest will do, which
        spares 1.5 ms of 512x512. Changes what is bound to the active texture unit.
        """
        texels_per_pixel = self._texels_per_metre / pixels_per_metre
        level = suitable_level(texels_per_pixel)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self.name)
        self._filter(GL.GL_NEAREST if texels_per_pixel >= 1.0 else GL.GL_LINEAR)
        if level != self._finest:
            GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_BASE_LEVEL, level)
            self._finest = level

    def read_all_levels(self) -> None:
        """Read what suits each pixel, down from the level that was read last; changes what is bound too."""
        GL.glBindTexture(GL.GL_TEXTURE_2D, self.name)
        self._filter(GL.GL_LINEAR, GL.GL_LINEAR_MIPMAP_LINEAR)

    def _filter(self, larger: int, smaller: int | None = None) -> None:
        """Set how texels larger and smaller than pixels are read; `smaller` None alike."""
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, larger)
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, smaller or larger)

    def release(self) -> None:
        """Delete the texture."""
        GL.glDeleteTextures(1, [self.name])


def suitable_level(texels_per_pixel: float) -> int:
    """Return the mipmap level for a surface that shows so many texels along a pixel."""
    return min(max(round(math.log2(texels_per_pixel) + SOFTER), 0), COARSEST_LEVEL)


def texels_per_metre(texture: Texture, head: Head) -> float:
    """Return how densely a texture covers the triangles that face forwards: the median over them.

    Most of these are the face's, whose detail matters; by area shoulders would count as much.
    """
    first, second = _edges(head.template[head.faces])
    normals = np.cross(first, second)
    height, width = texture.picture.shape[:2]
    across, along = _edges(texture.coords[texture.corners] * np.array([width, height], np.float32))
    texels = np.abs(across[:, 0] * along[:, 1] - across[:, 1] * along[:, 0])
    forwards = normals[:, 2] > 0.0
    density = np.median(texels[forwards] / np.linalg.norm(normals[forwards], axis=1))
    return math.sqrt(max(float(density), 1.0))


def _edges(corners: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    return corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]


def _upload(picture: npt.NDArray[np.uint8]) -> int:
    """Return the texture of a picture (H, W, 3), top row first."""
    name: int = GL.glGenTextures(1)
    GL.glBindTexture(GL.GL_TEXTURE_2D, name)
    for key, value in (
        (GL.GL_TEXTURE_MIN_FILTER, GL.GL_LINEAR_MIPMAP_LINEAR),
        (GL.GL_TEXTURE_MAG_FILTER, GL.GL_LINEAR),
        (GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE),
        (GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE),
        (GL.GL_TEXTURE_MAX_LEVEL, COARSEST_LEVEL),
    ):
        GL.glTexParameteri(GL.GL_TEXTURE_2D, key, value)
    GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
    height, width = picture.shape[:2]
    rows = np.ascontiguousarray(picture[::-1])
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA8, width, height, 0, GL.GL_RGB, GL.GL_UNSIGNED_BYTE, rows)
    GL.glGenerateMipmap(GL.GL_TEXTURE_2D)
    return name

"""Texture of a head on the GPU, and the mipmap level that it is sampled at."""

from __future__ import annotations

import math

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float32Array, Picture
from flame_model.head import Head, Texture
from render.gl.textures import new_texture

COARSEST_LEVEL = 4
"""Last mipmap level; in coarser ones, neighbouring parts of the texture would mix."""
WRINKLES_COARSER = 1
"""Levels by which the wrinkles are coarser than the picture."""
SOFTER = 0.25
"""Levels that are added to the ideal one before rounding; a coarser level flickers less."""


class SkinTexture:
    """Texture of a head with mipmaps on the GPU; `name` is OpenGL's, `wrinkles` that of the wrinkles or None.

    Its values stay encoded as sRGB, because software OpenGL filters bytes faster than it decodes them.
    """

    def __init__(self, texture: Texture, head: Head) -> None:
        self.name = _new_texture()
        self.wrinkles = None if texture.wrinkles is None else _new_texture()
        self._texels_per_metre = texels_per_metre(texture, head)
        self._finest = 0
        self.set_picture(texture.picture)
        if self.wrinkles is not None and texture.wrinkles is not None:
            _upload(self.wrinkles, texture.wrinkles)
            GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, GL.GL_LINEAR)

    def set_picture(self, picture: Picture) -> None:
        """Show a picture (H, W, 3), top row first."""
        self._set_wrinkles_level(0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self.name)
        # Mipmaps are made from the base level.
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_BASE_LEVEL, 0)
        self._finest = 0
        _upload(self.name, picture)

    def sample_one_level(self, pixels_per_metre: float) -> None:
        """Sample one mipmap level everywhere, the one that suits a picture of `pixels_per_metre`.

        On the processor this saves 1.4 ms of a picture of 720x720 pixels: no level is chosen per pixel, and
        the finest level does not fill the caches. With at least one texel per pixel the nearest texel is
        taken, which saves 1.5 ms of 512x512 pixels. Binds the texture to the active texture unit.
        """
        texels_per_pixel = self._texels_per_metre / pixels_per_metre
        level = suitable_level(texels_per_pixel)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self.name)
        self._filter(GL.GL_NEAREST if texels_per_pixel >= 1.0 else GL.GL_LINEAR)
        if level != self._finest:
            GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_BASE_LEVEL, level)
            self._finest = level
            self._set_wrinkles_level(max(level - WRINKLES_COARSER, 0))
            GL.glBindTexture(GL.GL_TEXTURE_2D, self.name)

    def _set_wrinkles_level(self, level: int) -> None:
        """Sample one mipmap level of the wrinkles everywhere; they are smooth enough for it."""
        if self.wrinkles is not None:
            GL.glBindTexture(GL.GL_TEXTURE_2D, self.wrinkles)
            GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_BASE_LEVEL, level)

    def sample_all_levels(self) -> None:
        """Sample the level that suits each pixel, but none finer than the last `sample_one_level` chose.

        Binds the texture to the active texture unit.
        """
        GL.glBindTexture(GL.GL_TEXTURE_2D, self.name)
        self._filter(GL.GL_LINEAR, GL.GL_LINEAR_MIPMAP_LINEAR)

    def _filter(self, larger: int, smaller: int | None = None) -> None:
        """Set the filters for texels larger and smaller than pixels; `smaller` None: the same filter."""
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAG_FILTER, larger)
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, smaller or larger)

    def release(self) -> None:
        """Delete the texture."""
        names = [self.name] if self.wrinkles is None else [self.name, self.wrinkles]
        GL.glDeleteTextures(len(names), names)


def suitable_level(texels_per_pixel: float) -> int:
    """Return the mipmap level for a surface that has `texels_per_pixel` along each axis."""
    return min(max(round(math.log2(texels_per_pixel) + SOFTER), 0), COARSEST_LEVEL)


def texels_per_metre(texture: Texture, head: Head) -> float:
    """Return the density of a texture, the median over the triangles that face forwards; at least 1.

    Most of these belong to the face, whose detail matters. Weighted by area, shoulders would count as much.
    """
    first, second = _edges(head.template[head.faces])
    normals = np.cross(first, second)
    height, width = texture.picture.shape[:2]
    across, along = _edges(texture.coords[texture.corners] * np.array([width, height], np.float32))
    texels = np.abs(across[:, 0] * along[:, 1] - across[:, 1] * along[:, 0])
    forwards = normals[:, 2] > 0.0
    density = np.median(texels[forwards] / np.linalg.norm(normals[forwards], axis=1))
    return math.sqrt(max(float(density), 1.0))


def _edges(corners: Float32Array) -> tuple[Float32Array, Float32Array]:
    """Return two edges of each triangle (F, 3, C)."""
    return corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]


def _new_texture() -> int:
    """Create an empty texture with mipmaps and return its name."""
    name = new_texture(GL.GL_TEXTURE_2D, GL.GL_LINEAR_MIPMAP_LINEAR, GL.GL_LINEAR, clamp=True)
    GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MAX_LEVEL, COARSEST_LEVEL)
    return name


def _upload(name: int, picture: Picture) -> None:
    """Upload a picture (H, W, 3), top row first, with its mipmaps into a texture."""
    GL.glBindTexture(GL.GL_TEXTURE_2D, name)
    GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
    height, width = picture.shape[:2]
    rows = np.ascontiguousarray(picture[::-1])
    GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA8, width, height, 0, GL.GL_RGB, GL.GL_UNSIGNED_BYTE, rows)
    GL.glGenerateMipmap(GL.GL_TEXTURE_2D)

"""Triangles of a head on the GPU in drawing order, with the surface of their vertices."""

from __future__ import annotations

import ctypes
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.arrays import Float32Array, Int32Array, Picture
from flame_model.head import Head
from flame_model.paint.materials import TRANSLUCENT
from flame_model.paint.unwrapping.charts import shows_eye_picture
from render.mesh.skin_texture import SkinTexture
from render.mesh.surface import Surface, least_light_share
from render.mesh.triangles import has_wrinkles, is_closed, split_vertices

BLOCK = 16
"""Pixels along the side of a block of the texture; light is divided by the mean colour of a block."""
DARKEST = 0.5
"""Least mean colour of a block, as a share of the picture's median colour, so that light is never divided by
nearly 0: beside a brow or a nostril, it would come back as a glint. Chosen by eye."""


class HeadMesh:
    """Triangles of a head on the GPU.

    A vertex between two materials or on a seam of the texture is drawn as several "drawn vertices" (N).
    """

    surface: Surface
    """Of the drawn vertices: grid items, which are attribute 0 of the shaders; albedo, the product of vertex
    colour, material colour and tint; tint, the texture's mean colour around the vertex, or ones."""
    texture: SkinTexture | None
    """None where the head has no texture; its coordinates are attribute 1 of the shaders."""
    closed: bool
    """Whether every edge lies between two triangles; without the translucent ones."""
    has_matte: bool
    """Whether `draw_matte` draws anything."""
    has_wrinkles: bool
    """Whether matte triangles may show wrinkles."""
    has_translucent: bool
    """Whether `draw_translucent` draws anything."""
    shows_eye_picture: bool
    """Whether the eyeballs show the picture of an eye, whose iris lies behind the cornea."""

    def __init__(self, head: Head, grid_items: Int32Array, shiny_below: float) -> None:
        """Upload the triangles; `grid_items` (V,) are the grid items of the head's vertices.

        Triangles whose roughness is below `shiny_below` count as shiny.
        """
        sources, materials, coords, triangles = split_vertices(head)
        finishes = np.array(
            [
                (material.roughness, material.softness, least_light_share(material.roughness))
                for material in head.materials
            ],
            np.float32,
        )
        self.texture = SkinTexture(head.texture, head) if head.texture else None
        self.shows_eye_picture = shows_eye_picture(head)
        self._sources, self._materials, self._coords = sources, materials, coords
        own_colors, albedo, tint = self._colors(head)
        self.surface = Surface(
            grid_items[sources], albedo, tint, finishes[materials], shiny_below, mottled=head.texture is None
        )
        names = np.array([material.name for material in head.materials])
        self.closed = is_closed(head.faces[~np.isin(names, TRANSLUCENT)[head.face_materials]])
        translucent = np.isin(names, TRANSLUCENT)[materials[triangles[:, 0]]]
        shiny = (self.surface.finish[triangles[:, 0], 0] < shiny_below) & ~translucent
        wrinkled = ~shiny & ~translucent & has_wrinkles(head.texture, coords[triangles])
        smooth = ~(shiny | wrinkled | translucent)
        kinds = [triangles[kind] for kind in (shiny, smooth, wrinkled, translucent)]
        self._ends = np.cumsum([kind.size for kind in kinds]).tolist()
        self.has_matte, self.has_translucent = bool((smooth | wrinkled).any()), bool(translucent.any())
        self.has_wrinkles = bool(wrinkled.any())
        self._upload(coords, own_colors, np.concatenate(kinds))

    def set_colors(self, head: Head) -> None:
        """Take colours and picture of the same head in other colours; finish and triangles stay."""
        if self.texture and head.texture:
            self.texture.set_picture(head.texture.picture)
        own_colors, albedo, tint = self._colors(head)
        self.surface = replace(self.surface, albedo=albedo, tint=tint)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffers[2])
        GL.glBufferSubData(GL.GL_ARRAY_BUFFER, 0, own_colors.nbytes, own_colors)

    def _colors(self, head: Head) -> tuple[Float32Array, Float32Array, Float32Array]:
        """Return vertex colour times material colour, albedo and tint, each (N, 3)."""
        colors = np.array([material.color for material in head.materials], np.float32)[self._materials]
        picture = head.texture.picture if head.texture else None
        tint = np.ones_like(colors) if picture is None else mean_around(picture, self._coords)
        own_colors = np.ascontiguousarray(head.vertex_colors[self._sources] * colors)
        return own_colors, linear_from_srgb(own_colors * tint), tint

    def _upload(
        self, coords: Float32Array, own_colors: Float32Array, triangles: npt.NDArray[np.uint32]
    ) -> None:
        self._vertex_array = GL.glGenVertexArrays(1)
        GL.glBindVertexArray(self._vertex_array)
        self._buffers = [int(buffer) for buffer in GL.glGenBuffers(4)]
        for attribute, values in enumerate((self.surface.grid_items, coords, own_colors)):
            GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffers[attribute])
            GL.glBufferData(GL.GL_ARRAY_BUFFER, values.nbytes, values, GL.GL_STATIC_DRAW)
            GL.glEnableVertexAttribArray(attribute)
        GL.glVertexAttribPointer(2, 3, GL.GL_FLOAT, False, 0, None)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffers[1])
        GL.glVertexAttribPointer(1, 2, GL.GL_FLOAT, False, 0, None)
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffers[0])
        GL.glVertexAttribIPointer(0, 1, GL.GL_INT, 0, None)
        GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, self._buffers[3])
        GL.glBufferData(GL.GL_ELEMENT_ARRAY_BUFFER, triangles.nbytes, triangles, GL.GL_STATIC_DRAW)
        GL.glBindVertexArray(0)

    def draw(self) -> None:
        """Draw all triangles but the translucent ones with the current program."""
        self._draw(0, self._ends[2])

    def draw_shiny(self) -> None:
        """Draw the triangles that count as shiny."""
        self._draw(0, self._ends[0])

    def draw_matte(self) -> None:
        """Draw the other triangles that are not translucent."""
        self._draw(self._ends[0], self._ends[2])

    def draw_smooth(self) -> None:
        """Draw the matte triangles that never show wrinkles."""
        self._draw(self._ends[0], self._ends[1])

    def draw_wrinkled(self) -> None:
        """Draw the other matte triangles."""
        self._draw(self._ends[1], self._ends[2])

    def draw_translucent(self) -> None:
        """Draw the triangles of translucent materials."""
        self._draw(self._ends[2], self._ends[3])

    def _draw(self, first: int, end: int) -> None:
        GL.glBindVertexArray(self._vertex_array)
        start = ctypes.c_void_p(first * ctypes.sizeof(ctypes.c_uint32))
        GL.glDrawElements(GL.GL_TRIANGLES, end - first, GL.GL_UNSIGNED_INT, start)
        GL.glBindVertexArray(0)

    def release(self) -> None:
        """Delete the buffers and the texture."""
        GL.glDeleteVertexArrays(1, [self._vertex_array])
        GL.glDeleteBuffers(4, self._buffers)
        if self.texture:
            self.texture.release()


def mean_around(picture: Picture, coords: Float32Array) -> Float32Array:
    """Return the mean colour 0..1 (N, 3) of the BLOCK x BLOCK pixels that hold each coordinate (N, 2)."""
    height, width = (max(length // BLOCK, 1) for length in picture.shape[:2])
    blocks = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    columns = np.minimum((coords[:, 0] * width).astype(np.int64), width - 1)
    rows = np.minimum(((1.0 - coords[:, 1]) * height).astype(np.int64), height - 1)
    least = DARKEST * np.median(blocks, axis=(0, 1)).clip(1.0)
    return np.maximum(blocks[rows, columns].astype(np.float32), least.astype(np.float32)) / 255.0


def linear_from_srgb(color: Float32Array) -> Float32Array:
    """Return the linear light 0..1 of sRGB values 0..1 (IEC 61966-2-1)."""
    curve = np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return curve.astype(np.float32)

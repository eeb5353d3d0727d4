"""The head's triangles as the GPU draws them."""

from __future__ import annotations

import ctypes

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.head import Head, IntArray

FloatArray = npt.NDArray[np.float32]


class HeadMesh:
    """Hold a head's triangles; a vertex on the border of two materials is drawn as two.

    `places` (V,) says where a `DeformPass` keeps each vertex. Per drawn vertex: `places` (N,), attribute 0;
    `albedo` (N, 3) linear; `finish` (N, 2) roughness and softness. `closed` tells whether no edge is open.
    """

    def __init__(self, head: Head, places: IntArray, shiny_below: float) -> None:
        self.shiny_below = shiny_below
        sources, materials, triangles = split_by_material(head)
        self.places = places[sources]
        colors = np.array([material.color for material in head.materials], np.float32)
        finishes = np.array(
            [(material.roughness, material.softness) for material in head.materials], np.float32
        )
        self.albedo = linear_from_srgb(head.vertex_colors[sources] * colors[materials])
        self.finish = finishes[materials]
        self.closed = is_closed(head.faces)
        shiny = self.finish[triangles[:, 0], 0] < shiny_below
        triangles = np.concatenate([triangles[shiny], triangles[~shiny]])
        self._shiny_count, self._count = 3 * int(shiny.sum()), triangles.size
        self._vertex_array = GL.glGenVertexArrays(1)
        GL.glBindVertexArray(self._vertex_array)
        self._buffers = [int(buffer) for buffer in GL.glGenBuffers(2)]
        GL.glBindBuffer(GL.GL_ARRAY_BUFFER, self._buffers[0])
        GL.glBufferData(GL.GL_ARRAY_BUFFER, self.places.nbytes, self.places, GL.GL_STATIC_DRAW)
        GL.glEnableVertexAttribArray(0)
        GL.glVertexAttribIPointer(0, 1, GL.GL_INT, 0, None)
        GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, self._buffers[1])
        GL.glBufferData(GL.GL_ELEMENT_ARRAY_BUFFER, triangles.nbytes, triangles, GL.GL_STATIC_DRAW)
        GL.glBindVertexArray(0)

    def draw(self) -> None:
        """Draw all triangles with the current program."""
        self._draw(0, self._count)

    def draw_shiny(self) -> None:
        """Draw the triangles whose roughness is below `shiny_below`."""
        self._draw(0, self._shiny_count)

    def draw_matte(self) -> None:
        """Draw the other triangles."""
        self._draw(self._shiny_count, self._count)

    def _draw(self, first: int, end: int) -> None:
        GL.glBindVertexArray(self._vertex_array)
        start = ctypes.c_void_p(first * ctypes.sizeof(ctypes.c_uint32))
        GL.glDrawElements(GL.GL_TRIANGLES, end - first, GL.GL_UNSIGNED_INT, start)
        GL.glBindVertexArray(0)

    def release(self) -> None:
        """Delete the buffers."""
        GL.glDeleteVertexArrays(1, [self._vertex_array])
        GL.glDeleteBuffers(2, self._buffers)


def split_by_material(head: Head) -> tuple[IntArray, IntArray, npt.NDArray[np.uint32]]:
    """Return vertex and material of each drawn vertex (N,), and the triangles (F, 3) between them."""
    count = len(head.materials)
    order = neighbourly_order(head.template[head.faces].mean(axis=1))
    keys = head.faces[order].astype(np.int64) * count + head.face_materials[order, None]
    pairs, triangles = np.unique(keys, return_inverse=True)
    sources, materials = np.divmod(pairs, count)
    return (
        sources.astype(np.int32),
        materials.astype(np.int32),
        np.ascontiguousarray(triangles.reshape(-1, 3), dtype=np.uint32),
    )


def neighbourly_order(points: FloatArray) -> npt.NDArray[np.intp]:
    """Return the order of points (N, 3) along a space-filling curve (Morton's).

    Triangles drawn in it share their vertices with the ones just before, which are then not shaded again.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    cells = ((points - low) / np.maximum(high - low, 1e-9) * 1023).astype(np.int64)
    code = np.zeros(len(points), np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return np.argsort(code, kind="stable")


def is_closed(faces: IntArray) -> bool:
    """Tell whether every edge of the faces (F, 3) lies between two of them."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    keys = edges.min(axis=1).astype(np.int64) * (int(faces.max()) + 1) + edges.max(axis=1)
    _, counts = np.unique(keys, return_counts=True)
    return bool(np.all(counts == 2))


def linear_from_srgb(color: FloatArray) -> FloatArray:
    """Return linear light 0..1 of sRGB values 0..1 (IEC 61966-2-1)."""
    curve = np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return curve.astype(np.float32)

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

    Attributes: 0 vertex of the head, 1 linear albedo, 2 roughness and softness. `closed` tells whether no edge is open.
    """

    def __init__(self, head: Head) -> None:
        sources, materials, triangles = split_by_material(head)
        albedo = linear_from_srgb(
            head.vertex_colors[sources] * np.array([m.color for m in head.materials], np.float32)[materials]
        )
        finish = np.array([(m.roughness, m.softness) for m in head.materials], np.float32)[materials]
        self.closed = is_closed(head.faces)
        self._count = triangles.size
        self._vertex_array = GL.glGenVertexArrays(1)
        GL.glBindVertexArray(self._vertex_array)
        self._buffers = [
            _attribute(0, sources.astype(np.int32)[:, None]),
            _attribute(1, albedo),
            _attribute(2, finish),
            GL.glGenBuffers(1),
        ]
        GL.glBindBuffer(GL.GL_ELEMENT_ARRAY_BUFFER, self._buffers[-1])
        GL.glBufferData(GL.GL_ELEMENT_ARRAY_BUFFER, triangles.nbytes, triangles, GL.GL_STATIC_DRAW)
        GL.glBindVertexArray(0)

    def draw(self) -> None:
        """Draw all triangles with the current program."""
        GL.glBindVertexArray(self._vertex_array)
        GL.glDrawElements(GL.GL_TRIANGLES, self._count, GL.GL_UNSIGNED_INT, ctypes.c_void_p(0))
        GL.glBindVertexArray(0)

    def release(self) -> None:
        """Delete the buffers."""
        GL.glDeleteVertexArrays(1, [self._vertex_array])
        GL.glDeleteBuffers(len(self._buffers), self._buffers)


def split_by_material(head: Head) -> tuple[IntArray, IntArray, npt.NDArray[np.uint32]]:
    """Return vertex and material of each drawn vertex (N,), and the triangles (F, 3) between them."""
    count = len(head.materials)
    keys = head.faces.astype(np.int64) * count + head.face_materials[:, None]
    pairs, triangles = np.unique(keys, return_inverse=True)
    sources, materials = np.divmod(pairs, count)
    return (
        sources.astype(np.int32),
        materials.astype(np.int32),
        np.ascontiguousarray(triangles.reshape(-1, 3), dtype=np.uint32),
    )


def is_closed(faces: IntArray) -> bool:
    """Tell whether every edge of the faces (F, 3) lies between two of them."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    _, counts = np.unique(np.sort(edges, axis=1), axis=0, return_counts=True)
    return bool(np.all(counts == 2))


def linear_from_srgb(color: FloatArray) -> FloatArray:
    """Return linear light 0..1 of sRGB values 0..1 (IEC 61966-2-1)."""
    curve = np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return curve.astype(np.float32)


def _attribute(location: int, values: npt.NDArray[np.float32] | npt.NDArray[np.int32]) -> int:
    """Upload (N, C) values as a vertex attribute and return its buffer."""
    data = np.ascontiguousarray(values)
    buffer: int = GL.glGenBuffers(1)
    GL.glBindBuffer(GL.GL_ARRAY_BUFFER, buffer)
    GL.glBufferData(GL.GL_ARRAY_BUFFER, data.nbytes, data, GL.GL_STATIC_DRAW)
    GL.glEnableVertexAttribArray(location)
    if data.dtype == np.int32:
        GL.glVertexAttribIPointer(location, data.shape[1], GL.GL_INT, 0, None)
    else:
        GL.glVertexAttribPointer(location, data.shape[1], GL.GL_FLOAT, GL.GL_FALSE, 0, None)
    return buffer

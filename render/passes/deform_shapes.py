"""The shapes of a head as the GPU needs them: which vertices lie where, and what moves them."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float32Array, IndexArray, Int32Array
from flame_model.head import Head
from render.gl.textures import as_grid, grid_shape
from render.passes.packed_components import PackedComponents
from render.passes.packed_eyelids import PackedEyelids, eyelid_layers

GRID_WIDTH = 256
"""Vertices in one row of the textures; a power of two."""


class DeformShapes:
    """The shapes of one head, packed, which takes a tenth of a second; only `upload` needs an OpenGL context.

    Vertices lie row by row in a grid `GRID_WIDTH` wide, vertex v as item `grid_items[v]`.
    """

    def __init__(self, head: Head) -> None:
        self.used, components = _used_components(head)
        lids = eyelid_layers(head)
        # Vertices that the same components move lie together, which saves fetches; lids come first.
        self.order = np.lexsort([*np.asarray(components.any(axis=2)), lids.any(axis=(0, 2))])[::-1]
        self.grid_items = np.argsort(self.order).astype(np.int32)
        self.grid_size = grid_shape(len(head.template), GRID_WIDTH)[::-1]
        self.components = PackedComponents(components[:, self.order], GRID_WIDTH)
        self.lids = PackedEyelids(lids[:, self.order], self.components.bands, GRID_WIDTH)
        self.weights = as_grid(head.skin_weights[self.order, 1:], GRID_WIDTH)
        fans, corners = vertex_fans(self.grid_items[head.faces], len(head.template))
        self.fans, self.corners = as_grid(fans, GRID_WIDTH), as_grid(corners, GRID_WIDTH)

    def upload(self) -> None:
        """Make the textures of components and lids. Raises GraphicsError where there are too many."""
        self.components.upload()
        self.lids.upload()


def vertex_fans(faces: Int32Array, vertex_count: int) -> tuple[Int32Array, Int32Array]:
    """Return the fan of faces around each vertex.

    The first array (V, 2) holds the first entry and the number of entries of a vertex in the second array
    (3F, 2), whose entries are the other two corners of a face, in the face's order.
    """
    order = np.argsort(faces.ravel(), kind="stable")
    others = np.stack([np.roll(faces, -1, axis=1).ravel(), np.roll(faces, -2, axis=1).ravel()], axis=1)
    counts = np.bincount(faces.ravel(), minlength=vertex_count)
    starts = np.cumsum(counts) - counts
    return np.stack([starts, counts], axis=1).astype(np.int32), others[order].astype(np.int32)


def _used_components(head: Head) -> tuple[IndexArray, Float32Array]:
    """Return the numbers (L,) of the components that move anything, and these components (L, V, 3).

    Components are expressions, then pose correctives, in metres. L is at least 1.
    """
    bases = np.concatenate([head.expression_basis, head.pose_correctives], axis=2)
    used = np.flatnonzero(bases.any(axis=(0, 1)))
    used = used if len(used) else np.array([0])
    return used, np.ascontiguousarray(bases[:, :, used].transpose(2, 0, 1))

"""Pack the eyelid shapes of a head for the GPU."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array
from flame_model.head import Head
from render.gl.textures import as_grid, number_texture
from render.passes.packed_components import Band


def eyelid_layers(head: Head) -> Float32Array:
    """Return the layers (4, V, 4): eyelid bases of the left and right eye with their holds in w, then arcs.

    Displacements are in metres. `flame_model/deform.py` defines basis, arc and hold.
    """
    layers = np.zeros((4, len(head.template), 4), np.float32)
    layers[:2, :, :3] = head.eyelid_basis.transpose(2, 0, 1)
    if head.eyelid_arc is not None:
        layers[2:, :, :3] = head.eyelid_arc.transpose(2, 0, 1)
    if head.eyelid_hold is not None:
        layers[:2, :, 3] = head.eyelid_hold.T
    return layers


class PackedEyelids:
    """Layers (4, V, 4) of `eyelid_layers` for vertices that lie row by row in a grid `width` wide.

    `texture` is made by `upload`; the rest needs no OpenGL context. `moving` are the bands in which lids move
    a vertex, `still` the other bands.
    """

    def __init__(self, layers: Float32Array, bands: list[Band], width: int) -> None:
        grid = np.stack([as_grid(layer, width) for layer in layers])
        self._grid = grid
        self.texture = 0
        rows = np.asarray(grid.any(axis=(0, 2, 3)))
        moves = [bool(rows[band.first_row : band.first_row + band.rows].any()) for band in bands]
        self.moving = [band for band, moved in zip(bands, moves, strict=True) if moved]
        self.still = [band for band, moved in zip(bands, moves, strict=True) if not moved]

    def upload(self) -> None:
        """Make the texture."""
        self.texture = number_texture(self._grid)


def layer_weights(closure: npt.ArrayLike) -> Float32Array:
    """Return the weights (4,) of the layers at closures (2,) of the left and right eye: e, and e (1 - e)."""
    closed = np.asarray(closure, np.float32)
    return np.concatenate([closed, closed * (1.0 - closed)])

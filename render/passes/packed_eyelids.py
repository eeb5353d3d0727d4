"""A head's eyelids as the GPU reads them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array
from flame_model.head import Head
from render.passes.packed_components import Band
from render.textures import as_grid, number_texture


def eyelid_layers(head: Head) -> Float32Array:
    """Return (4, V, 4): closing of the left and the right eye with what it holds, then both arcs."""
    layers = np.zeros((4, len(head.template), 4), np.float32)
    layers[:2, :, :3] = head.eyelid_basis.transpose(2, 0, 1)
    if head.eyelid_arc is not None:
        layers[2:, :, :3] = head.eyelid_arc.transpose(2, 0, 1)
    if head.eyelid_hold is not None:
        layers[:2, :, 3] = head.eyelid_hold.T
    return layers


class PackedEyelids:
    """Hold the layers (4, V, 4) of `eyelid_layers` of vertices laid out row by row in a grid `width` wide.

    `moving` are those of the `bands` that they move something in, `still` the others.
    """

    def __init__(self, layers: Float32Array, bands: list[Band], width: int) -> None:
        grid = np.stack([as_grid(layer, width) for layer in layers])
        self.texture = number_texture(grid)
        rows = np.asarray(grid.any(axis=(0, 2, 3)))
        moves = [bool(rows[band.first_row : band.first_row + band.rows].any()) for band in bands]
        self.moving = [band for band, moved in zip(bands, moves, strict=True) if moved]
        self.still = [band for band, moved in zip(bands, moves, strict=True) if not moved]


def layer_weights(closure: npt.ArrayLike) -> Float32Array:
    """Return how the four layers weigh at closures (2,) of the left and the right eye."""
    closed = np.asarray(closure, np.float32)
    return np.concatenate([closed, closed * (1.0 - closed)])

"""Cells of similar colours: the 2**21 cells of 2 x 2 x 2 levels that the colours of pixels fall into."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Picture

_BITS = 7
"""Bits of each channel that tell cells apart."""
CELLS = 1 << 3 * _BITS


def cells_of(rgb: Picture) -> Array:
    """Return the number of the cell (...) int32 of each colour (..., 3)."""
    red, green, blue = np.moveaxis(rgb >> 8 - _BITS, -1, 0).astype(np.int32)
    return np.asarray((red << _BITS | green) << _BITS | blue)


def middles_of(cells: Array) -> Array:
    """Return the colours (N, 3) in the middle of cells (N,), 0 to 255."""
    channels = [cells >> shift & (1 << _BITS) - 1 for shift in (2 * _BITS, _BITS, 0)]
    width = 1 << 8 - _BITS
    return np.asarray(np.column_stack(channels) * width + (width - 1) / 2)

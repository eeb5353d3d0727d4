"""Store arrays that are mostly zero by their other entries."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.checks import FileArrays

Array = npt.NDArray[Any]

_PLACES, _VALUES, _SHAPE = ".places", ".values", ".shape"
_ENTRY_LIMIT = 2**28
"""Entries of one array when written out; the built-in head's largest has a hundredth of it."""


def pack(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays, those that are smaller that way as flat places, values and shape."""
    packed: dict[str, Array] = {}
    for name, array in arrays.items():
        places = np.flatnonzero(array).astype(np.int32)
        values = array.reshape(-1)[places]
        if places.nbytes + values.nbytes < array.nbytes:
            packed |= {name + _PLACES: places, name + _VALUES: values, name + _SHAPE: np.array(array.shape)}
        else:
            packed[name] = array
    return packed


def unpack(file: FileArrays) -> FileArrays:
    """Return a file's arrays with the packed ones written out; raises HeadFileError."""
    arrays = dict(file.arrays)
    for key in file.arrays:
        if not key.endswith(_SHAPE):
            continue
        name = key.removesuffix(_SHAPE)
        shape = file.whole_numbers(key, ("axes",)).tolist()
        size = math.prod(shape)
        if min(shape) < 0 or size > _ENTRY_LIMIT:
            raise file.error(key, f"should describe up to {_ENTRY_LIMIT} entries, received {shape}")
        places = file.indices(name + _PLACES, (None,), below=size)
        values = file.floats(name + _VALUES, (len(places),))
        dense = np.zeros(size, dtype=np.float32)
        dense[places] = values
        arrays[name] = dense.reshape(shape)
    return FileArrays(file.path, arrays)

"""Pack arrays that are mostly zero: their non-zero entries and the gaps between them.

The entries of one component (last axis) are stored together, and their indices as the gaps between
neighbours. Both choices let the file compress to a fraction.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import UnreadableError
from flame_model.files.checks import FileArrays
from flame_model.files.reading import Budget

_GAPS, _VALUES, _SHAPE = ".gaps", ".values", ".shape"
_ENTRY_COST = 8
"""Bytes of one unpacked single-precision number, which is copied once."""


def pack(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Return the arrays; one that becomes smaller is replaced by three arrays: gaps, values and shape."""
    packed: dict[str, Array] = {}
    for name, array in arrays.items():
        by_component = np.moveaxis(array, -1, 0).reshape(-1)
        places = np.flatnonzero(by_component)
        values = by_component[places]
        gaps = np.diff(places, prepend=0).astype(np.int32)
        if gaps.nbytes + values.nbytes < array.nbytes:
            packed |= {name + _GAPS: gaps, name + _VALUES: values, name + _SHAPE: np.array(array.shape)}
        else:
            packed[name] = array
    return packed


def packed_names(names: Iterable[str]) -> list[str]:
    """Return every name under which a file may hold these arrays, packed or not."""
    return [name + part for name in names for part in ("", _GAPS, _VALUES, _SHAPE)]


def unpack(file: FileArrays, budget: Budget) -> FileArrays:
    """Return a file's arrays with the packed ones unpacked within `budget`; raises `file.error_class`."""
    arrays = dict(file.arrays)
    for key in file.arrays:
        if not key.endswith(_SHAPE):
            continue
        name = key.removesuffix(_SHAPE)
        shape = file.whole_numbers(key, ("axes",)).tolist()
        size = math.prod(shape)
        if min(shape) < 0:
            raise file.error(key, f"should hold lengths from 0, received {shape}")
        try:
            budget.take(_ENTRY_COST * size)
        except UnreadableError as error:
            raise file.error(key, f"is {shape}: {error.reason}") from error
        gaps = file.indices(name + _GAPS, (None,), below=max(size, 1))
        values = file.floats(name + _VALUES, (len(gaps),))
        places = np.cumsum(gaps, dtype=np.int64)
        if len(places) and places[-1] >= size:
            raise file.error(name + _GAPS, f"should add up to less than {size}, received {places[-1]}")
        dense = np.zeros(size, dtype=np.float32)
        dense[places] = values
        by_component = dense.reshape(shape[-1:] + shape[:-1])
        arrays[name] = np.ascontiguousarray(np.moveaxis(by_component, 0, -1))
    return replace(file, arrays=arrays)

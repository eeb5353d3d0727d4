"""Inert records of SciPy's sparse matrices in a pickle, and the dense arrays they stand for."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from flame_model.arrays import Array
from flame_model.files.pickles.array_records import ENTRY_COST, NUMBER_COST, Nesting, Record, nested_array

_MOST_ENTRIES = 2**31
"""Entries of a dense matrix; FLAME's joint regressor has 25,000."""


class SparseRecord(Record, ABC):
    """A sparse matrix; in the dense array, entries at the same place add up."""

    def array(self, within: Nesting) -> Array:
        """Return the dense matrix."""
        height, width = (int(length) for length in self.state.get("_shape", self.state.get("shape")))
        if min(height, width) < 0 or height * width > _MOST_ENTRIES:
            raise ValueError(f"it holds a sparse matrix of {height} x {width}")
        within.budget.take(NUMBER_COST * height * width)
        rows, columns = self.places(within)
        within.budget.take(ENTRY_COST * len(rows))
        if min(rows.min(initial=0), columns.min(initial=0)) < 0:
            raise ValueError("it holds a sparse matrix with negative indices")
        dense = np.zeros((height, width))
        np.add.at(dense, (rows, columns), self.part("data", within))
        return dense

    @abstractmethod
    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""

    def part(self, name: str, within: Nesting) -> Array:
        """Return one of the vectors that make up the matrix."""
        return _vector(self.state[name], within.deeper())


class ColumnsRecord(SparseRecord):
    """A sparse matrix compressed by columns."""

    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        rows, lengths = self.part("indices", within), np.diff(self.part("indptr", within))
        # Each length is checked too: lengths whose sum overflows make NumPy write beyond its allocation.
        if ((lengths < 0) | (lengths > len(rows))).any() or lengths.sum() != len(rows):
            raise ValueError(f"it holds a sparse matrix of {len(rows)} entries in columns of {lengths.sum()}")
        return rows, np.repeat(np.arange(len(lengths)), lengths)


class RowsRecord(ColumnsRecord):
    """A sparse matrix compressed by rows."""

    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        columns, rows = ColumnsRecord.places(self, within)
        return rows, columns


class TriplesRecord(SparseRecord):
    """A sparse matrix of (row, column, value) entries."""

    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        if "coords" in self.state:
            rows, columns = (_vector(places, within.deeper()) for places in self.state["coords"])
            return rows, columns
        return self.part("row", within), self.part("col", within)


def _vector(value: object, within: Nesting) -> Array:
    """Return the vector (N,) that a record stands for; raises ValueError for anything else."""
    array = nested_array(value, within)
    if array is None or array.ndim != 1:
        raise ValueError("it holds a sparse matrix with a part that is not a vector")
    return array

"""Inert records of what a pickle said, and the arrays they stand for.

The records keep constructor arguments and states as plain values. NumPy's own `__setstate__` would trust a
forged dtype; here bytes become arrays only through `np.frombuffer`, with plain number types.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from flame_model.arrays import Array
from flame_model.files.reading import Budget

_NUMBER_CODES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
_DEPTH_LIMIT = 5
"""Records inside records; real files nest an array in a wrapper or a matrix, so 2."""
_MOST_ENTRIES = 2**31
_NUMBER_COST, _ENTRY_COST = 8, 100
"""Bytes that a number of an array takes, and one that Python holds as an object."""


class Nesting:
    """Say how many records an array stands within, and what of the budget is left to read it."""

    def __init__(self, budget: Budget, depth: int = 0) -> None:
        self.budget, self.depth = budget, depth

    def deeper(self) -> Nesting:
        """Return one record further in; raises ValueError where that is too far."""
        if self.depth >= _DEPTH_LIMIT:
            raise ValueError(f"more than {_DEPTH_LIMIT} objects inside each other")
        return Nesting(self.budget, self.depth + 1)


class Record:
    """Keep what a pickle passes to a constructor and to `__setstate__`; do nothing with it."""

    __slots__ = ("args", "state")
    args: tuple[Any, ...]
    state: Any

    def __new__(cls, *args: Any) -> Record:
        """Keep the arguments."""
        record = object.__new__(cls)
        record.args, record.state = args, None
        return record

    def __setstate__(self, state: Any) -> None:
        """Keep the state."""
        self.state = state

    def array(self, within: Nesting) -> Array | None:  # noqa: ARG002
        """Return the array this stands for; None for things that are no arrays."""
        return None


class ArrayRecord(Record):
    """Stand for an array whose state is (version, shape, dtype, Fortran order, bytes or list)."""

    def array(self, within: Nesting) -> Array | None:
        """Return the array."""
        _, shape, dtype, fortran, raw = self.state
        if isinstance(raw, list):
            return _from_list(shape, raw, bool(fortran), within)
        return _from_bytes(dtype, shape, raw, bool(fortran), within)


class BufferRecord(Record):
    """Stand for an array called with (bytes, dtype, shape, order), as pickle protocol 5 writes it."""

    def array(self, within: Nesting) -> Array:
        """Return the array."""
        raw, dtype, shape, order = self.args
        return _from_bytes(dtype, shape, raw, order == "F", within)


class ScalarRecord(Record):
    """Stand for one number called with (dtype, bytes)."""

    def array(self, within: Nesting) -> Array:
        """Return the number as an array without axes."""
        dtype, raw = self.args
        return _from_bytes(dtype, (), raw, False, within)


class WrapperRecord(Record):
    """Stand for a chumpy object, which keeps its array as `x`."""

    def array(self, within: Nesting) -> Array | None:
        """Return the array inside."""
        return _array(self.state["x"], within.deeper())


class RebuildRecord(Record):
    """Stand for an object of pickle protocols 0 and 1, called with (class, base, state of the base)."""

    def array(self, within: Nesting) -> Array | None:
        """Return the array the object stands for."""
        kind = self.args[0]
        if not (isinstance(kind, type) and issubclass(kind, Record)):
            raise ValueError(f"an object of {_named(kind)}")
        record = kind()
        record.state = self.state
        return _array(record, within.deeper())


class DtypeRecord(Record):
    """Stand for a type called with (code, align, copy), with the byte order second in its state."""

    def number_type(self) -> np.dtype[Any]:
        """Return the type; raises ValueError unless it is one of plain numbers."""
        code = self.args[0]
        if code not in _NUMBER_CODES:
            raise ValueError(f"values of type {_named(code)}")
        order = self.state[1] if self.state else "|"
        return np.dtype(code).newbyteorder("=" if order == "|" else order)


class BytesRecord(Record):
    """Stand for bytes called with (), (bytes,) or (text, encoding), the encoding being Latin-1."""

    def content(self) -> Any:
        """Return the bytes or the text."""
        return self.args[0] if self.args else b""


class SparseRecord(Record, ABC):
    """Stand for a sparse matrix: `array` writes it out, entries at the same place add up."""

    def array(self, within: Nesting) -> Array:
        """Return the dense matrix."""
        height, width = (int(length) for length in self.state.get("_shape", self.state.get("shape")))
        if min(height, width) < 0 or height * width > _MOST_ENTRIES:
            raise ValueError(f"a sparse matrix of {height} x {width}")
        within.budget.take(_NUMBER_COST * height * width)
        rows, columns = self.places(within)
        within.budget.take(_ENTRY_COST * len(rows))
        if min(rows.min(initial=0), columns.min(initial=0)) < 0:
            raise ValueError("a sparse matrix with negative places")
        dense = np.zeros((height, width))
        np.add.at(dense, (rows, columns), self.part("data", within))
        return dense

    @abstractmethod
    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""

    def part(self, name: str, within: Nesting) -> Array:
        """Return one of the vectors the matrix is made of."""
        return _vector(self.state[name], within.deeper())


class ColumnsRecord(SparseRecord):
    """Stand for a sparse matrix compressed by columns."""

    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        rows, lengths = self.part("indices", within), np.diff(self.part("indptr", within))
        # Each by itself too: lengths whose sum overflows make NumPy write beyond what it allocated.
        if ((lengths < 0) | (lengths > len(rows))).any() or lengths.sum() != len(rows):
            raise ValueError(f"a sparse matrix of {len(rows)} entries in columns of {lengths.sum()}")
        return rows, np.repeat(np.arange(len(lengths)), lengths)


class RowsRecord(ColumnsRecord):
    """Stand for a sparse matrix compressed by rows."""

    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        columns, rows = ColumnsRecord.places(self, within)
        return rows, columns


class TriplesRecord(SparseRecord):
    """Stand for a sparse matrix of row, column and value."""

    def places(self, within: Nesting) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        if "coords" in self.state:
            rows, columns = (_vector(places, within.deeper()) for places in self.state["coords"])
            return rows, columns
        return self.part("row", within), self.part("col", within)


def array_from(value: object, budget: Budget) -> Array | None:
    """Return the array of numbers that a value from a pickle stands for, None for values that are no arrays.

    Raises UnreadableError where it asks for more memory than is left of `budget`, and ValueError or what
    NumPy raises where a record does not hold together.
    """
    array = _array(value, Nesting(budget))
    if array is not None:
        # Names may share one buffer, but each is checked and converted by itself.
        budget.take(array.nbytes + _NUMBER_COST * array.size)
    return array


def _array(value: object, within: Nesting) -> Array | None:
    if isinstance(value, Record):
        return value.array(within)
    return np.asarray(value) if isinstance(value, bool | int | float) else None


def _from_bytes(dtype: Any, shape: tuple[int, ...], raw: Any, fortran: bool, within: Nesting) -> Array:
    if not isinstance(dtype, DtypeRecord):
        raise ValueError(f"values of type {_named(dtype)}")
    content = raw.content() if isinstance(raw, BytesRecord) else raw
    if isinstance(content, str):
        within.budget.take(len(content))
        content = content.encode("latin1")
    return np.frombuffer(content, dtype=dtype.number_type()).reshape(shape, order="F" if fortran else "C")


def _from_list(shape: tuple[int, ...], items: list[Any], fortran: bool, within: Nesting) -> Array | None:
    """Return an array pickled as objects: one object as what it stands for, several as numbers.

    Several inside each other are refused: a file may name one list a million times.
    """
    if len(items) == 1:
        return _array(items[0], within.deeper())
    within.budget.take(_ENTRY_COST * len(items))
    innermost = Nesting(within.budget, _DEPTH_LIMIT)
    if within.depth >= _DEPTH_LIMIT - 1:
        raise ValueError("lists of lists of objects")
    numbers = [_array(item, innermost) for item in items]
    if any(number is None or number.size != 1 for number in numbers):
        raise ValueError("objects that are not numbers")
    values = [number.item() for number in numbers if number is not None]
    return np.array(values).reshape(shape, order="F" if fortran else "C")


def _named(value: object) -> str:
    """Return text for a message; not `repr`, which a list that names itself often enough never ends."""
    return repr(value[:40]) if isinstance(value, str) else type(value).__name__


def _vector(value: object, within: Nesting) -> Array:
    array = _array(value, within)
    if array is None or array.ndim != 1:
        raise ValueError("a sparse matrix with a part that is no vector")
    return array

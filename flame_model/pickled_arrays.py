"""Inert records of what a pickle said, and the arrays they stand for.

The records keep constructor arguments and states as plain values. NumPy's own `__setstate__` would trust a
forged dtype; here bytes become arrays only through `np.frombuffer`, with plain number types.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_NUMBER_CODES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
_ENTRY_LIMIT = 2**27
"""Entries a sparse matrix may have when written out; a FLAME regressor has 25,115."""
_DEPTH_LIMIT = 5
"""Records inside records; real files nest an array in a wrapper or a matrix, so 2."""


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

    def array(self, depth: int) -> Array | None:  # noqa: ARG002
        """Return the array this stands for, `depth` records deep; None for things that are no arrays."""
        return None


class ArrayRecord(Record):
    """Stand for an array whose state is (version, shape, dtype, Fortran order, bytes or list)."""

    def array(self, depth: int) -> Array | None:
        """Return the array."""
        _, shape, dtype, fortran, raw = self.state
        if isinstance(raw, list):
            return _from_list(shape, raw, bool(fortran), depth)
        return _from_bytes(dtype, shape, raw, bool(fortran))


class BufferRecord(Record):
    """Stand for an array called with (bytes, dtype, shape, order), as pickle protocol 5 writes it."""

    def array(self, depth: int) -> Array:  # noqa: ARG002
        """Return the array."""
        raw, dtype, shape, order = self.args
        return _from_bytes(dtype, shape, raw, fortran=order == "F")


class ScalarRecord(Record):
    """Stand for one number called with (dtype, bytes)."""

    def array(self, depth: int) -> Array:  # noqa: ARG002
        """Return the number as an array without axes."""
        dtype, raw = self.args
        return _from_bytes(dtype, (), raw, fortran=False)


class WrapperRecord(Record):
    """Stand for a chumpy object, which keeps its array as `x`."""

    def array(self, depth: int) -> Array | None:
        """Return the array inside."""
        return array_from(self.state["x"], depth + 1)


class RebuildRecord(Record):
    """Stand for an object of pickle protocols 0 and 1, called with (class, base, state of the base)."""

    def array(self, depth: int) -> Array | None:
        """Return the array the object stands for."""
        kind = self.args[0]
        if not (isinstance(kind, type) and issubclass(kind, Record)):
            raise ValueError(f"an object of {_named(kind)}")
        record = kind()
        record.state = self.state
        return array_from(record, depth + 1)


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

    def array(self, depth: int) -> Array:
        """Return the dense matrix."""
        height, width = (int(length) for length in self.state.get("_shape", self.state.get("shape")))
        if min(height, width) < 0 or height * width > _ENTRY_LIMIT:
            raise ValueError(f"a sparse matrix of {height} x {width}")
        rows, columns = self.places(depth)
        if min(rows.min(initial=0), columns.min(initial=0)) < 0:
            raise ValueError("a sparse matrix with negative places")
        dense = np.zeros((height, width))
        np.add.at(dense, (rows, columns), self.part("data", depth))
        return dense

    @abstractmethod
    def places(self, depth: int) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""

    def part(self, name: str, depth: int) -> Array:
        """Return one of the vectors the matrix is made of."""
        return _vector(self.state[name], depth + 1)


class ColumnsRecord(SparseRecord):
    """Stand for a sparse matrix compressed by columns."""

    def places(self, depth: int) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        rows, lengths = self.part("indices", depth), np.diff(self.part("indptr", depth))
        if lengths.sum() != len(rows):
            raise ValueError(f"a sparse matrix of {len(rows)} entries in columns of {lengths.sum()}")
        return rows, np.repeat(np.arange(len(lengths)), lengths)


class RowsRecord(ColumnsRecord):
    """Stand for a sparse matrix compressed by rows."""

    def places(self, depth: int) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        columns, rows = ColumnsRecord.places(self, depth)
        return rows, columns


class TriplesRecord(SparseRecord):
    """Stand for a sparse matrix of row, column and value."""

    def places(self, depth: int) -> tuple[Array, Array]:
        """Return the rows and columns of the entries."""
        if "coords" in self.state:
            rows, columns = (_vector(places, depth + 1) for places in self.state["coords"])
            return rows, columns
        return self.part("row", depth), self.part("col", depth)


def array_from(value: object, depth: int = 0) -> Array | None:
    """Return the array of numbers that a value from a pickle stands for, None for values that are no arrays.

    Raises what NumPy raises, or ValueError, where a record does not hold together.
    """
    if isinstance(value, Record):
        if depth > _DEPTH_LIMIT:
            raise ValueError(f"more than {_DEPTH_LIMIT} objects inside each other")
        return value.array(depth)
    return np.asarray(value) if isinstance(value, bool | int | float) else None


def _from_bytes(dtype: Any, shape: tuple[int, ...], raw: Any, fortran: bool) -> Array:
    if not isinstance(dtype, DtypeRecord):
        raise ValueError(f"values of type {_named(dtype)}")
    content = raw.content() if isinstance(raw, BytesRecord) else raw
    buffer = content.encode("latin1") if isinstance(content, str) else content
    return np.frombuffer(buffer, dtype=dtype.number_type()).reshape(shape, order="F" if fortran else "C")


def _from_list(shape: tuple[int, ...], items: list[Any], fortran: bool, depth: int) -> Array | None:
    """Return an array pickled as objects: one object as what it stands for, several as numbers.

    Several inside each other are refused: a file may name one list a million times.
    """
    if len(items) == 1:
        return array_from(items[0], depth + 1)
    if depth >= _DEPTH_LIMIT - 1:
        raise ValueError("lists of lists of objects")
    numbers = [array_from(item, _DEPTH_LIMIT - 1) for item in items]
    if any(number is None or number.size != 1 for number in numbers):
        raise ValueError("objects that are not numbers")
    values = [number.item() for number in numbers if number is not None]
    return np.array(values).reshape(shape, order="F" if fortran else "C")


def _named(value: object) -> str:
    """Return text for a message; not `repr`, which a list that names itself often enough never ends."""
    return repr(value) if isinstance(value, str) else type(value).__name__


def _vector(value: object, depth: int) -> Array:
    array = array_from(value, depth)
    if array is None or array.ndim != 1:
        raise ValueError("a sparse matrix with a part that is no vector")
    return array

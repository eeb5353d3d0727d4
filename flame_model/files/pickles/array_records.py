"""Inert records of the objects in a pickle, and the NumPy arrays they stand for.

A record keeps constructor arguments and state as plain values. NumPy's own `__setstate__` would trust a
forged dtype; here bytes become arrays only through `np.frombuffer`, with plain number types.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from flame_model.arrays import Array
from flame_model.files.reading import Budget

_NUMBER_CODES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
_DEPTH_LIMIT = 5
"""Records inside records; published files nest an array in a wrapper or a matrix, a depth of 2."""
NUMBER_COST = 8
"""Bytes of a number in an array."""
ENTRY_COST = 100
"""Bytes of a number that Python holds as an object."""


class Nesting:
    """The number of records around an array, and the budget for reading it."""

    def __init__(self, budget: Budget, depth: int = 0) -> None:
        self.budget, self.depth = budget, depth

    def deeper(self) -> Nesting:
        """Return the nesting inside one more record; raises ValueError beyond the limit."""
        if self.depth >= _DEPTH_LIMIT:
            raise ValueError(f"it holds more than {_DEPTH_LIMIT} objects inside each other")
        return Nesting(self.budget, self.depth + 1)


class Record:
    """The values that a pickle passes to a constructor and to `__setstate__`, with no effect."""

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
        """Return the array this record stands for; None for an object that is not an array."""
        return None


class ArrayRecord(Record):
    """An array whose state is (version, shape, dtype, Fortran order, bytes or list)."""

    def array(self, within: Nesting) -> Array | None:
        """Return the array."""
        _, shape, dtype, fortran, raw = self.state
        if isinstance(raw, list):
            return _from_list(shape, raw, bool(fortran), within)
        return _from_bytes(dtype, shape, raw, bool(fortran), within)


class BufferRecord(Record):
    """An array called with (bytes, dtype, shape, order), as pickle protocol 5 writes it."""

    def array(self, within: Nesting) -> Array:
        """Return the array."""
        raw, dtype, shape, order = self.args
        return _from_bytes(dtype, shape, raw, order == "F", within)


class ScalarRecord(Record):
    """A single number called with (dtype, bytes)."""

    def array(self, within: Nesting) -> Array:
        """Return the number as an array of shape ()."""
        dtype, raw = self.args
        return _from_bytes(dtype, (), raw, False, within)


class WrapperRecord(Record):
    """A chumpy object, which keeps its array as `x`."""

    def array(self, within: Nesting) -> Array | None:
        """Return the array inside."""
        return nested_array(self.state["x"], within.deeper())


class RebuildRecord(Record):
    """An object of pickle protocols 0 and 1, called with (class, base, state of the base)."""

    def array(self, within: Nesting) -> Array | None:
        """Return the array the object stands for."""
        kind = self.args[0]
        if not (isinstance(kind, type) and issubclass(kind, Record)):
            raise ValueError(f"it holds an object of {_named(kind)}")
        record = kind()
        record.state = self.state
        return nested_array(record, within.deeper())


class DtypeRecord(Record):
    """A NumPy type called with (code, align, copy); the second entry of its state is the byte order."""

    def number_type(self) -> np.dtype[Any]:
        """Return the type; raises ValueError unless it is a type of plain numbers."""
        code = self.args[0]
        if code not in _NUMBER_CODES:
            raise ValueError(f"it holds values of type {_named(code)}")
        order = self.state[1] if self.state else "|"
        return np.dtype(code).newbyteorder("=" if order == "|" else order)


class BytesRecord(Record):
    """Bytes called with (), (bytes,) or (text, encoding), where the encoding is Latin-1."""

    def content(self) -> Any:
        """Return the bytes or the text."""
        return self.args[0] if self.args else b""


def array_from(value: object, budget: Budget) -> Array | None:
    """Return the numeric array that a value from a pickle stands for, None for a value that is not an array.

    Raises UnreadableError where the array needs more memory than the budget has left, and ValueError or any
    exception of NumPy's where a record is inconsistent.
    """
    array = nested_array(value, Nesting(budget))
    if array is not None:
        # Several names may share one buffer, but each array is checked and converted on its own.
        budget.take(array.nbytes + NUMBER_COST * array.size)
    return array


def nested_array(value: object, within: Nesting) -> Array | None:
    """Return the array that a record or a plain number inside other records stands for, else None."""
    if isinstance(value, Record):
        return value.array(within)
    return np.asarray(value) if isinstance(value, bool | int | float) else None


def _from_bytes(dtype: Any, shape: tuple[int, ...], raw: Any, fortran: bool, within: Nesting) -> Array:
    """Return the array of a type and shape whose numbers are `raw`."""
    if not isinstance(dtype, DtypeRecord):
        raise ValueError(f"it holds values of type {_named(dtype)}")
    content = raw.content() if isinstance(raw, BytesRecord) else raw
    if isinstance(content, str):
        within.budget.take(len(content))
        content = content.encode("latin1")
    return np.frombuffer(content, dtype=dtype.number_type()).reshape(shape, order="F" if fortran else "C")


def _from_list(shape: tuple[int, ...], items: list[Any], fortran: bool, within: Nesting) -> Array | None:
    """Return the array in a list of pickled objects: a single object's own array, or several as numbers.

    Lists of several objects inside each other are refused: a file may refer to one list a million times.
    """
    if len(items) == 1:
        return nested_array(items[0], within.deeper())
    within.budget.take(ENTRY_COST * len(items))
    innermost = Nesting(within.budget, _DEPTH_LIMIT)
    if within.depth >= _DEPTH_LIMIT - 1:
        raise ValueError("it holds lists of lists of objects")
    numbers = [nested_array(item, innermost) for item in items]
    if any(number is None or number.size != 1 for number in numbers):
        raise ValueError("it holds objects that are not numbers")
    values = [number.item() for number in numbers if number is not None]
    return np.array(values).reshape(shape, order="F" if fortran else "C")


def _named(value: object) -> str:
    """Return a text, or the type of another value, for a message; `repr` of nested lists may never end."""
    return repr(value[:40]) if isinstance(value, str) else type(value).__name__

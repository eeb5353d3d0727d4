"""Read the header of a `.npy` file: the type of its numbers, its shape and its memory order."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

MAGIC = b"\x93NUMPY"
_LENGTH_BYTES = {1: 2, 2: 4, 3: 4}
"""Format version to the number of bytes that give the header's length."""
_LONGEST_HEADER = 10_000
"""Bytes; NumPy's own limit."""
_MOST_ENTRIES = 2**40
"""Entries of an array; a larger one fits into no computer's memory."""
_ENTRY = re.compile(r"""\s*['"](\w+)['"]\s*:\s*(?:['"]([^'"]*)['"]|(True|False)|\(([\dL,\s]*)\))\s*,?\s*""")
_TEXT_COST = 64
"""Bytes that Python adds to each text of an array."""
_CONVERSION_COST = 8
"""Bytes per number where an array is converted, at most double precision."""


@dataclass(frozen=True, slots=True)
class NpyHeader:
    """The contents of a `.npy` header."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    """True where the first axis changes fastest."""
    length: int
    """Bytes of the header itself."""

    @property
    def size(self) -> int:
        """Bytes of the data."""
        return math.prod(self.shape) * self.dtype.itemsize

    @property
    def cost(self) -> int:
        """Bytes of memory to read the data and convert them into the form in which they are used.

        Single precision and bytes are used as they are; other numbers are copied, and texts become objects.
        """
        if self.dtype.kind in "SU":
            extra = _TEXT_COST
        else:
            extra = 0 if self.dtype in (np.float32, np.uint8, np.bool_) else _CONVERSION_COST
        return math.prod(self.shape) * (self.dtype.itemsize + extra)


def read_header(stream: BinaryIO) -> NpyHeader:
    """Read a header and leave `stream` at the data; raises ValueError.

    NumPy evaluates the header as Python, which fails in many ways on damaged text and is slow on forged text.
    NumPy and other programs write one form of it, and only that form is accepted here.
    """
    start = stream.read(len(MAGIC) + 2)
    if len(start) < len(MAGIC) + 2 or not start.startswith(MAGIC):
        raise ValueError("it holds no plain array")
    if (width := _LENGTH_BYTES.get(start[-2])) is None:
        raise ValueError(f"it holds an array of the unknown format version {start[-2]}")
    length = int.from_bytes(stream.read(width), "little")
    if length > _LONGEST_HEADER:
        raise ValueError(f"the header of an array has {length} bytes; the limit is {_LONGEST_HEADER}")
    text = stream.read(length).decode("utf-8" if start[-2] == 3 else "latin1").strip()
    fields = _fields(text)
    return NpyHeader(
        _number_type(fields["descr"]),
        _shape(fields["shape"]),
        fields["fortran_order"] == "True",
        len(start) + width + length,
    )


def _fields(text: str) -> dict[str, str]:
    """Return the text of the three entries; raises ValueError."""
    if not (text.startswith("{") and text.endswith("}")):
        raise ValueError("the header of an array is damaged")
    fields, place, inside = {}, 0, text[1:-1]
    while place < len(inside):
        entry = _ENTRY.match(inside, place)
        if entry is None:
            raise ValueError("the header of an array is damaged, or its values are not plain numbers")
        key, name, flag, lengths = entry.groups()
        fields[key] = next(part for part in (name, flag, lengths) if part is not None)
        place = entry.end()
    if set(fields) != {"descr", "fortran_order", "shape"}:
        raise ValueError("the header of an array is damaged")
    return fields


def _number_type(code: str) -> np.dtype[Any]:
    """Return the type of plain numbers or text; raises ValueError."""
    kind = code.lstrip("<>|=")[:1]
    if kind == "O":
        raise ValueError("it holds pickled objects, not plain numbers")
    if kind not in tuple("?biufcSU"):
        raise ValueError(f"it holds values of type {code[:20]!r}, not plain numbers")
    try:
        return np.dtype(code)
    except TypeError as error:
        raise ValueError(str(error)) from error


def _shape(text: str) -> tuple[int, ...]:
    """Return the lengths of the axes; raises ValueError."""
    lengths = [length.strip().rstrip("L") for length in text.split(",")]
    if any(len(length) > 15 for length in lengths):
        raise ValueError("it holds an array of more entries than fit into memory")
    shape = tuple(int(length) for length in lengths if length)
    if math.prod(max(length, 1) for length in shape) > _MOST_ENTRIES:
        raise ValueError("it holds an array of more entries than fit into memory")
    return shape

"""Read what stands in front of the numbers of a `.npy` file: their kind and how many there are."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

MAGIC = b"\x93NUMPY"
_LENGTH_BYTES = {1: 2, 2: 4, 3: 4}
_LONGEST = 10_000
"""Bytes; NumPy's own limit."""
_MOST_ENTRIES = 2**40
_ENTRY = re.compile(r"""\s*['"](\w+)['"]\s*:\s*(?:['"]([^'"]*)['"]|(True|False)|\(([\dL,\s]*)\))\s*,?\s*""")
_TEXT_COST, _CONVERSION_COST = 64, 8


@dataclass(frozen=True, slots=True)
class NpyHeader:
    """Say what a `.npy` file declares."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    """Whether the first axis changes fastest."""
    length: int
    """Bytes of the header itself."""

    @property
    def size(self) -> int:
        """Bytes of the data."""
        return math.prod(self.shape) * self.dtype.itemsize

    @property
    def cost(self) -> int:
        """Bytes of memory to read it and to bring it into the form it is used in.

        Single precision and bytes are used as they are; other numbers are copied, texts become objects.
        """
        if self.dtype.kind in "SU":
            extra = _TEXT_COST
        else:
            extra = 0 if self.dtype in (np.float32, np.uint8, np.bool_) else _CONVERSION_COST
        return math.prod(self.shape) * (self.dtype.itemsize + extra)


def read_header(stream: BinaryIO) -> NpyHeader:
    """Read a header and leave `stream` at the data; raises ValueError or TypeError.

    NumPy evaluates it as Python, which fails in many ways on damaged text and is slow on forged one; what it
    and other programs write has one form.
    """
    start = stream.read(len(MAGIC) + 2)
    if len(start) < len(MAGIC) + 2 or not start.startswith(MAGIC):
        raise ValueError("it holds no plain array")
    if (width := _LENGTH_BYTES.get(start[-2])) is None:
        raise ValueError(f"an array of version {start[-2]}, which is unknown")
    length = int.from_bytes(stream.read(width), "little")
    if length > _LONGEST:
        raise ValueError(f"the header of an array has {length} bytes, {_LONGEST} is the limit")
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
            raise ValueError("the header of an array is damaged or of values that are no plain numbers")
        key, name, flag, lengths = entry.groups()
        fields[key] = next(part for part in (name, flag, lengths) if part is not None)
        place = entry.end()
    if set(fields) != {"descr", "fortran_order", "shape"}:
        raise ValueError("the header of an array is damaged")
    return fields


def _number_type(code: str) -> np.dtype[Any]:
    """Return the type of plain numbers or text; raises ValueError or TypeError."""
    kind = code.lstrip("<>|=")[:1]
    if kind == "O":
        raise ValueError("it holds pickled objects, no plain arrays")
    if kind not in tuple("?biufcSU"):
        raise ValueError(f"it holds values of type {code[:20]!r}, no plain numbers")
    return np.dtype(code)


def _shape(text: str) -> tuple[int, ...]:
    lengths = [length.strip().rstrip("L") for length in text.split(",")]
    if any(len(length) > 15 for length in lengths):
        raise ValueError("an array of more entries than there is memory")
    shape = tuple(int(length) for length in lengths if length)
    if math.prod(max(length, 1) for length in shape) > _MOST_ENTRIES:
        raise ValueError("an array of more entries than there is memory")
    return shape

"""Read the argument that follows an opcode in a pickle."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Callable

_LONGEST_NUMBER = 64
"""Digits or bytes; larger integers have no use and take long to read."""


class PickleBytes:
    """The bytes of a pickle, read in order; raises ValueError where they end too early."""

    def __init__(self, data: bytes) -> None:
        self._data, self.place = data, 0

    def take(self, count: int) -> bytes:
        """Return the next `count` bytes."""
        end = self.place + count
        if end > len(self._data):
            raise ValueError(f"it ends within the value at byte {self.place}")
        part = self._data[self.place : end]
        self.place = end
        return part

    def line(self) -> bytes:
        """Return the bytes up to the next line feed, and skip the line feed."""
        end = self._data.find(b"\n", self.place)
        if end < 0:
            raise ValueError(f"it ends within the value at byte {self.place}")
        part = self._data[self.place : end]
        self.place = end + 1
        return part


def nothing(data: PickleBytes) -> None:
    """Read no argument."""


def unsigned(width: int) -> Callable[[PickleBytes], int]:
    """Return a reader of unsigned integers of `width` bytes."""
    return lambda data: int.from_bytes(data.take(width), "little")


def signed(data: PickleBytes) -> int:
    """Read a signed integer of four bytes."""
    return int.from_bytes(data.take(4), "little", signed=True)


def long_integer(width: int) -> Callable[[PickleBytes], int]:
    """Return a reader of integers that are preceded by their length in `width` bytes."""

    def read(data: PickleBytes) -> int:
        length = unsigned(width)(data)
        if length > _LONGEST_NUMBER:
            raise ValueError(f"it holds a whole number of {length} bytes")
        return int.from_bytes(data.take(length), "little", signed=True)

    return read


def double(data: PickleBytes) -> float:
    """Read a big-endian floating-point number of eight bytes."""
    return float(struct.unpack(">d", data.take(8))[0])


def raw(width: int) -> Callable[[PickleBytes], bytes]:
    """Return a reader of bytes that are preceded by their length in `width` bytes."""
    return lambda data: data.take(unsigned(width)(data))


def text(width: int) -> Callable[[PickleBytes], str]:
    """Return a reader of UTF-8 text that is preceded by its length in `width` bytes."""
    return lambda data: str(raw(width)(data), "utf-8", "surrogatepass")


def latin(width: int) -> Callable[[PickleBytes], str]:
    """Return a reader of Python 2's byte strings, preceded by their length in `width` bytes."""
    return lambda data: str(raw(width)(data), "latin1")


def text_line(data: PickleBytes) -> str:
    """Read a line of escaped text."""
    return str(data.line(), "raw-unicode-escape")


def quoted_line(data: PickleBytes) -> str:
    """Read a line with a quoted string of Python 2."""
    line = data.line().strip()
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b"'", b'"'):
        raise ValueError("it holds a string without quotes")
    return codecs.escape_decode(line[1:-1])[0].decode("latin1")


def integer_line(data: PickleBytes) -> int | bool:
    """Read a line with an integer; protocol 0 writes booleans as 00 and 01."""
    line = data.line().strip().rstrip(b"L")
    if len(line) > _LONGEST_NUMBER:
        raise ValueError(f"it holds a whole number of {len(line)} digits")
    if line in (b"00", b"01"):
        return line == b"01"
    return int(line)


def float_line(data: PickleBytes) -> float:
    """Read a line with a number."""
    return float(data.line())


def name_lines(data: PickleBytes) -> tuple[str, str]:
    """Read a module and a name in it, one line each."""
    return str(data.line(), "utf-8"), str(data.line(), "utf-8")

"""Read the argument that stands behind an opcode of a pickle."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Callable

_LONGEST_NUMBER = 64
"""Digits or bytes; larger integers serve nothing but to be slow."""


class PickleBytes:
    """Hand out the bytes of a pickle in order; raises ValueError where they end too early."""

    def __init__(self, data: bytes) -> None:
        self._data, self.place = data, 0

    def take(self, count: int) -> bytes:
        """Return the next `count` bytes."""
        end = self.place + count
        if end > len(self._data):
            raise ValueError(f"it ends within what stands at byte {self.place}")
        part = self._data[self.place : end]
        self.place = end
        return part

    def line(self) -> bytes:
        """Return the bytes up to the next line feed, which is passed over."""
        end = self._data.find(b"\n", self.place)
        if end < 0:
            raise ValueError(f"it ends within what stands at byte {self.place}")
        part = self._data[self.place : end]
        self.place = end + 1
        return part


def nothing(data: PickleBytes) -> None:
    """Read no argument."""


def unsigned(width: int) -> Callable[[PickleBytes], int]:
    """Return a reader of whole numbers of `width` bytes."""
    return lambda data: int.from_bytes(data.take(width), "little")


def signed(data: PickleBytes) -> int:
    """Read a whole number of four bytes with a sign."""
    return int.from_bytes(data.take(4), "little", signed=True)


def long_integer(width: int) -> Callable[[PickleBytes], int]:
    """Return a reader of whole numbers that tell their own length in `width` bytes."""

    def read(data: PickleBytes) -> int:
        length = unsigned(width)(data)
        if length > _LONGEST_NUMBER:
            raise ValueError(f"a whole number of {length} bytes")
        return int.from_bytes(data.take(length), "little", signed=True)

    return read


def double(data: PickleBytes) -> float:
    """Read a number of eight bytes."""
    return float(struct.unpack(">d", data.take(8))[0])


def raw(width: int) -> Callable[[PickleBytes], bytes]:
    """Return a reader of bytes that tell their own length in `width` bytes."""
    return lambda data: data.take(unsigned(width)(data))


def text(width: int) -> Callable[[PickleBytes], str]:
    """Return a reader of UTF-8 that tells its own length in `width` bytes."""
    return lambda data: str(raw(width)(data), "utf-8", "surrogatepass")


def latin(width: int) -> Callable[[PickleBytes], str]:
    """Return a reader of Python 2's strings, which are bytes."""
    return lambda data: str(raw(width)(data), "latin1")


def text_line(data: PickleBytes) -> str:
    """Read a line of escaped text."""
    return str(data.line(), "raw-unicode-escape")


def quoted_line(data: PickleBytes) -> str:
    """Read a line with one of Python 2's strings in quotes."""
    line = data.line().strip()
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b"'", b'"'):
        raise ValueError("a string without quotes")
    return codecs.escape_decode(line[1:-1])[0].decode("latin1")


def integer_line(data: PickleBytes) -> int | bool:
    """Read a line with a whole number; protocol 0 writes booleans as 00 and 01."""
    line = data.line().strip().rstrip(b"L")
    if len(line) > _LONGEST_NUMBER:
        raise ValueError(f"a whole number of {len(line)} digits")
    return {b"00": False, b"01": True}.get(line) if line in (b"00", b"01") else int(line)  # type: ignore[return-value]


def float_line(data: PickleBytes) -> float:
    """Read a line with a number."""
    return float(data.line())


def name_lines(data: PickleBytes) -> tuple[str, str]:
    """Read a module and a name in it, a line each."""
    return str(data.line(), "utf-8"), str(data.line(), "utf-8")

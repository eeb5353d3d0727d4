"""Write animated PNG files with full alpha (https://www.w3.org/TR/png-3/, section 11.3.6)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from app.recording.formats.chunked_writer import Box, ChunkedWriter
from app.recording.formats.png import encode_png
from flame_model.arrays import Picture

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6
"""Colour types of the header."""
_LARGEST_TERM = 65535
"""Numerator and denominator of a delay have two bytes each."""


class ApngWriter(ChunkedWriter):
    """A writer of lossless frames that loop for ever."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, *, alpha: bool) -> None:
        """Open the file; raises OutputError."""
        super().__init__(path, size, fps)
        self._alpha = alpha
        self._sequence = 0
        self.tail = _chunk(b"IEND", b"")

    def _head(self) -> bytes:
        color = _RGBA if self._alpha else _RGB
        header = struct.pack(">IIBBBBB", *self.size, 8, color, 0, 0, 0)
        return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"acTL", struct.pack(">II", self.frames, 0))

    def _piece(self, rgba: Picture, box: Box) -> bytes:
        x, y, width, height = box
        delay = Fraction(1 / self.fps).limit_denominator(_LARGEST_TERM)
        # The zeros: do not dispose of the frame afterwards; replace the pixels under the box, alpha included.
        control = struct.pack(
            ">IIIIIHHBB", self._next_number(), width, height, x, y, delay.numerator, delay.denominator, 0, 0
        )
        pieces = [_chunk(b"fcTL", control)]
        for data in _image_data(encode_png(rgba[y : y + height, x : x + width], alpha=self._alpha)):
            if self.frames == 0:
                pieces.append(_chunk(b"IDAT", data))
            else:
                pieces.append(_chunk(b"fdAT", struct.pack(">I", self._next_number()) + data))
        return b"".join(pieces)

    def _next_number(self) -> int:
        """Return the sequence number of the next chunk."""
        self._sequence += 1
        return self._sequence - 1


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _image_data(png: bytes) -> Iterator[bytes]:
    """Yield the contents of the IDAT chunks of a PNG file."""
    position = len(_SIGNATURE)
    while position < len(png):
        (length,) = struct.unpack_from(">I", png, position)
        if png[position + 4 : position + 8] == b"IDAT":
            yield png[position + 8 : position + 8 + length]
        position += 12 + length

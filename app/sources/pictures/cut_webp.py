"""A WebP that was cut, made whole again by leaving out what is not there."""

from __future__ import annotations

import io
import struct
from pathlib import Path

_HEAD = 12
_CHUNK_HEAD = 8


def without_cut_end(path: Path) -> io.BytesIO | None:
    """Return a cut animation up to its last whole chunk; None for a file that is not cut.

    libwebp refuses a file that is shorter than its header says, where all others are read as far as they go.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        (stated,) = struct.unpack("<I", head[4:8])
        length = path.stat().st_size
        if 8 + stated <= length:
            return None
        end = _HEAD
        while len(chunk := file.read(_CHUNK_HEAD)) == _CHUNK_HEAD:
            (size,) = struct.unpack("<I", chunk[4:])
            following = end + _CHUNK_HEAD + size + size % 2
            if following > length:
                break
            end = following
            file.seek(end)
        file.seek(_HEAD)
        return io.BytesIO(b"RIFF" + struct.pack("<I", end - 8) + b"WEBP" + file.read(end - _HEAD))

"""One picture to PNG bytes and back."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np

from flame_model.arrays import Picture

_BEFORE_MARK = 33
"""Bytes of the signature and the header, which is always the first chunk."""
_TEXT = b"tEXtSoftware\0flame-cam"
_MARK = struct.pack(">I", len(_TEXT) - 4) + _TEXT + struct.pack(">I", zlib.crc32(_TEXT))


def encode_png(rgba: Picture, *, alpha: bool) -> bytes:
    """Return the picture (H, W, 4) as a PNG file, RGBA or (without `alpha`) RGB."""
    bgr = cv2.cvtColor(np.ascontiguousarray(rgba), cv2.COLOR_RGBA2BGRA if alpha else cv2.COLOR_RGBA2BGR)
    # OpenCV's own choice: 6 ms a 512x512 picture; level 6 saves a fifth of the bytes and takes 39 ms.
    ok, data = cv2.imencode(".png", bgr)
    assert ok, "OpenCV encodes every uint8 picture"
    return data.tobytes()


def decode_png(png: bytes) -> Picture:
    """Return the (H, W, 4) picture of `encode_png`; one without alpha comes back opaque."""
    pixels = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    assert pixels is not None, "these bytes are our own"
    to_rgba = cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGBA
    return np.asarray(cv2.cvtColor(pixels, to_rgba), dtype=np.uint8)


def marked(png: bytes) -> bytes:
    """Return a PNG file that names flame-cam as its maker (https://www.w3.org/TR/png-3/#11keywords)."""
    return png[:_BEFORE_MARK] + _MARK + png[_BEFORE_MARK:]


def has_mark(file: Path) -> bool:
    """Tell whether a file was `marked`; raises OSError."""
    with file.open("rb") as stream:
        return stream.read(_BEFORE_MARK + len(_MARK))[_BEFORE_MARK:] == _MARK

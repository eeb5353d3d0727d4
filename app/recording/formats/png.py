"""Encode a picture as PNG and decode it, and mark PNG files as flame-cam's."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np

from flame_model.arrays import Picture

_BEFORE_MARK = 33
"""Bytes of the signature and of the header, which is always the first chunk."""
_TEXT = b"tEXtSoftware\0flame-cam"
_MARK = struct.pack(">I", len(_TEXT) - 4) + _TEXT + struct.pack(">I", zlib.crc32(_TEXT))
"""Text chunk that names the program (https://www.w3.org/TR/png-3/#11keywords)."""


def encode_png(rgba: Picture, *, alpha: bool) -> bytes:
    """Return the picture (H, W, 4) as a PNG file: RGBA, or RGB without `alpha`."""
    bgr = cv2.cvtColor(np.ascontiguousarray(rgba), cv2.COLOR_RGBA2BGRA if alpha else cv2.COLOR_RGBA2BGR)
    # OpenCV's default level takes 6 ms for 512x512 pixels; level 6 takes 39 ms for a fifth fewer bytes.
    ok, data = cv2.imencode(".png", bgr)
    assert ok, "OpenCV encodes every uint8 picture"
    return data.tobytes()


def decode_png(png: bytes) -> Picture:
    """Return the picture (H, W, 4) of a file that `encode_png` made; without alpha it is opaque."""
    pixels = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_UNCHANGED)
    assert pixels is not None, "encode_png made these bytes"
    to_rgba = cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGBA
    return np.asarray(cv2.cvtColor(pixels, to_rgba), dtype=np.uint8)


def marked(png: bytes) -> bytes:
    """Return a PNG file with the mark that names flame-cam as the program that made it."""
    return png[:_BEFORE_MARK] + _MARK + png[_BEFORE_MARK:]


def has_mark(file: Path) -> bool:
    """Return whether a file has the mark of `marked`; raises OSError."""
    with file.open("rb") as stream:
        return stream.read(_BEFORE_MARK + len(_MARK))[_BEFORE_MARK:] == _MARK

"""One picture to PNG bytes and back."""

from __future__ import annotations

import cv2
import numpy as np

from app.recording.contract import Picture


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

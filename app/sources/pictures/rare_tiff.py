"""TIFF of numbers that Pillow has no mode for, by OpenCV: floats in colour, and of 64 bits."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import UnidentifiedImageError
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from app.sources.bounds import bounded
from app.sources.pictures.depth import levels_of
from flame_model.arrays import Picture

MOST_BYTES = 2**29
"""Of values: OpenCV holds them twice."""
_WIDTH, _HEIGHT, _BITS, _SAMPLES = 256, 257, 258, 277
_HEAD = 16
_BIG = 43
"""The third byte of a TIFF whose places have 64 bits, and whose head is therefore twice as long."""


def rare_tiff(path: Path) -> Picture:
    """Return (H, W, 3) RGB of a TIFF file, scaled as `levels_of` says; to be used within `reading`.

    Raises UnidentifiedImageError where OpenCV cannot read it either, MemoryError where it is too large.
    """
    if _stated_bytes(path) > MOST_BYTES:
        raise MemoryError
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    values = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None:
        raise UnidentifiedImageError
    height, width = values.shape[:2]
    small = cv2.resize(values.astype(np.float32), bounded(width, height), interpolation=cv2.INTER_AREA)
    # Alpha, as the fourth channel, is left out.
    colors = small[..., 2::-1] if small.ndim == 3 else np.repeat(small[..., None], 3, axis=2)
    return np.ascontiguousarray(levels_of(colors).bytes_of(colors))


def _stated_bytes(path: Path) -> int:
    """Return how many bytes the first picture's values fill."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        tags = ImageFileDirectory_v2(head if head[2] == _BIG else head[: _HEAD // 2])
        file.seek(tags.next)
        tags.load(file)
    bits = tags.get(_BITS, (1,))
    widest = max(bits) if isinstance(bits, tuple) else bits
    return int(tags[_WIDTH] * tags[_HEIGHT] * tags.get(_SAMPLES, 1) * widest // 8)

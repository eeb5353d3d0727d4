"""Handle the TIFF files that Pillow does not: value ranges, camera raw files, and number types by OpenCV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from app.sources.picture_size import bounded
from app.sources.pictures.bit_depth import levels_of
from flame_model.arrays import Picture

MOST_BYTES = 2**29
"""Largest size of the decoded values for OpenCV, which holds them twice."""
_SUBFILE_TYPE, _WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC, _SAMPLES = 254, 256, 257, 258, 262, 277
_SAMPLE_FORMAT, _LEAST, _GREATEST, _DNG_VERSION = 339, 340, 341, 50706
_REDUCED = 1
_ZERO_IS_WHITE = 0
_UNSIGNED, _SIGNED = 1, 2
_TYPES: dict[tuple[object, object], type[np.generic]] = {(_UNSIGNED, 32): np.uint32, (_SIGNED, 16): np.int16}
_PNG_RANGE = (0.0, 65535.0)
_HEAD_BYTES = 16
_BIG_TIFF = 43
"""The third byte of a BigTIFF, whose offsets have 64 bits and whose head is therefore twice as long."""


@dataclass(frozen=True, slots=True)
class ValueNotes:
    """What a file states about the values of a picture with more than 8 bits a channel."""

    range: tuple[float, float] | None = None
    """(black, white); None where the file does not state them."""
    type: type[np.generic] | None = None
    """The values' type where Pillow keeps them as another: its only signed integers have 32 bits."""
    zero_is_white: bool = False
    """Whether small values are bright, which Pillow heeds for 8 bits only."""


def value_notes(picture: Image.Image) -> ValueNotes:
    """Return what an open picture of more than 8 bits states about its values; a PNG's fill their 16 bits."""
    tags = getattr(picture, "tag_v2", None)
    if tags is None:
        return ValueNotes(_PNG_RANGE if picture.format == "PNG" else None)
    least, greatest = (_number(tags.get(tag)) for tag in (_LEAST, _GREATEST))
    form = _number(tags.get(_SAMPLE_FORMAT, _UNSIGNED)), _number(tags.get(_BITS, 1))
    return ValueNotes(
        None if greatest is None else (least or 0.0, greatest),
        _TYPES.get(form),
        tags.get(_PHOTOMETRIC) == _ZERO_IS_WHITE,
    )


def is_raw(picture: Image.Image) -> bool:
    """Return whether a picture is the preview in front of a camera's sensor data, as in DNG, NEF and ARW."""
    tags = getattr(picture, "tag_v2", {})
    return _DNG_VERSION in tags or int(_number(tags.get(_SUBFILE_TYPE)) or 0) & _REDUCED == _REDUCED


def read_with_opencv(path: Path) -> Picture:
    """Return (H, W, 3) RGB of a TIFF of floats in colour or of 64-bit numbers, scaled as `levels_of` does.

    To be called within `reading_picture`. Raises UnidentifiedImageError where OpenCV cannot read it either,
    MemoryError where it is too large.
    """
    # Importing OpenCV takes 0.1 s, which few pictures need.
    import cv2

    if _stated_bytes(path) > MOST_BYTES:
        raise MemoryError
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    values = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None:
        raise UnidentifiedImageError
    height, width = values.shape[:2]
    small = cv2.resize(values.astype(np.float32), bounded(width, height), interpolation=cv2.INTER_AREA)
    # Alpha, the fourth channel, is left out.
    colors = small[..., 2::-1] if small.ndim == 3 else np.repeat(small[..., None], 3, axis=2)
    return np.ascontiguousarray(levels_of(colors).bytes_of(colors))


def _stated_bytes(path: Path) -> int:
    """Return the size in bytes of the first picture's values, as the file states it."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        tags = ImageFileDirectory_v2(head if head[2] == _BIG_TIFF else head[: _HEAD_BYTES // 2])
        file.seek(tags.next)
        tags.load(file)
    bits = tags.get(_BITS, (1,))
    widest = max(bits) if isinstance(bits, tuple) else bits
    return int(tags[_WIDTH] * tags[_HEIGHT] * tags.get(_SAMPLES, 1) * widest // 8)


def _number(tag: object) -> float | None:
    first = tag[0] if isinstance(tag, tuple) and tag else tag
    return float(first) if isinstance(first, int | float) else None

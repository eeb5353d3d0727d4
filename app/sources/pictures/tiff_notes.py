"""What a TIFF file says of its values that Pillow keeps to itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

_BITS, _PHOTOMETRIC, _SAMPLE_FORMAT, _LEAST, _GREATEST = 258, 262, 339, 340, 341
_SUBFILE_TYPE, _DNG_VERSION = 254, 50706
_REDUCED = 1
_ZERO_IS_WHITE = 0
_UNSIGNED, _SIGNED = 1, 2
_TYPES: dict[tuple[object, object], type[np.generic]] = {(_UNSIGNED, 32): np.uint32, (_SIGNED, 16): np.int16}
_PNG_RANGE = (0.0, 65535.0)


@dataclass(frozen=True, slots=True)
class TiffNotes:
    """Say how a picture's values are meant."""

    range: tuple[float, float] | None = None
    """(black, white) where the file says so."""
    type: type[np.generic] | None = None
    """What the values are where Pillow keeps them as another: it has signed numbers of 32 bits only."""
    zero_is_white: bool = False
    """True where light is counted downwards, which Pillow heeds for 8 bits only."""


def tiff_notes(picture: Image.Image) -> TiffNotes:
    """Return what an open picture of more than 8 bits says of its values; a PNG's fill their 16 bits."""
    tags = getattr(picture, "tag_v2", None)
    if tags is None:
        return TiffNotes(_PNG_RANGE if picture.format == "PNG" else None)
    least, greatest = (_number(tags.get(tag)) for tag in (_LEAST, _GREATEST))
    form = _number(tags.get(_SAMPLE_FORMAT, _UNSIGNED)), _number(tags.get(_BITS, 1))
    return TiffNotes(
        None if greatest is None else (least or 0.0, greatest),
        _TYPES.get(form),
        tags.get(_PHOTOMETRIC) == _ZERO_IS_WHITE,
    )


def is_raw(picture: Image.Image) -> bool:
    """Return whether a picture is the preview before what a camera's sensor saw, as in DNG, NEF and ARW."""
    tags = getattr(picture, "tag_v2", {})
    return _DNG_VERSION in tags or int(_number(tags.get(_SUBFILE_TYPE)) or 0) & _REDUCED == _REDUCED


def _number(tag: object) -> float | None:
    first = tag[0] if isinstance(tag, tuple) and tag else tag
    return float(first) if isinstance(first, int | float) else None

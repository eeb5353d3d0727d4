"""From a decoded picture file to what a viewer shows of it: RGB, upright, not too large."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image

from app.sources.bounds import MAX_SIDE, bounded
from app.sources.contract import Color
from app.sources.pictures.color import HighRange, in_srgb, on_backdrop
from app.sources.pictures.depth import levels_of
from app.sources.pictures.tiff_notes import TiffNotes, tiff_notes
from flame_model.arrays import Picture
from mappings.tracking.native_log import without_chatter

Strip = Callable[[int, int], Image.Image]
"""Gives a picture's rows from one to before another in 8 bits: L, RGB, RGBA, CMYK or LAB."""

_LIBTIFF = re.compile(rb"[\w.]+: ")
"""How each line begins that libtiff writes to stderr, beside the error that Pillow raises."""
_ROWS = 256
_LOOKED_AT = 1024
"""Pixels a side that are enough to tell the range of a picture's values."""
_DEEP_MODES = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_KEPT_MODES = ("L", "RGB", "RGBA", "CMYK", "LAB")
_GREY_MODES = ("1", "L")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each value of EXIF's orientation asks for."""


def shown(picture: Image.Image, backdrop: Color, high_range: HighRange | None = None) -> Picture:
    """Return (H, W, 3) RGB of an open picture, decoding it: within MAX_SIDE, upright, sRGB, on `backdrop`.

    Values of more than 8 bits are scaled as `levels_of` says. Raises whatever Pillow raises.
    """
    # Where the decoder can leave out what is not needed, as JPEG's can: 0.3 s instead of 0.7 s, 97 MB
    # instead of 384 MB for 100 megapixels.
    picture.draft(None, bounded(*picture.size))
    with without_chatter(_LIBTIFF) if picture.format == "TIFF" else nullcontext():
        picture.load()
    small = _reduced(picture.size, _strips(picture))
    turn = _TURNS.get(_orientation(picture))
    upright = small if turn is None else small.transpose(turn)
    return on_backdrop(in_srgb(upright, picture.info.get("icc_profile"), high_range), backdrop)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        # Damage in what is said about a picture does not make the picture unreadable.
        return 1


def _reduced(size: tuple[int, int], strip: Strip) -> Image.Image:
    """Return the whole picture within MAX_SIDE."""
    step = max(size) // MAX_SIDE
    whole = _in_strips(size, strip, step) if step > 1 else strip(0, size[1])
    target = bounded(*size)
    return whole if whole.size == target else whole.resize(target, Image.Resampling.BOX)


def _in_strips(size: tuple[int, int], strip: Strip, step: int) -> Image.Image:
    """Return the picture `step` times smaller.

    Only the decoded picture is in memory as a whole: 4 bytes a pixel, and a conversion takes as much again.
    """
    height = size[1]
    rows = _ROWS * step
    whole: Image.Image | None = None
    for top in range(0, height, rows):
        part = strip(top, min(top + rows, height)).reduce(step)
        if whole is None:
            whole = Image.new(part.mode, (part.width, -(-height // step)))
        whole.paste(part, (0, top // step))
    assert whole is not None, "a picture has rows"
    return whole


def _strips(picture: Image.Image) -> Strip:
    return _deep_strips(picture) if picture.mode in _DEEP_MODES else _plain_strips(picture)


def _rows(picture: Image.Image, top: int, bottom: int) -> Image.Image:
    whole = (top, bottom) == (0, picture.height)
    return picture if whole else picture.crop((0, top, picture.width, bottom))


def _plain_strips(picture: Image.Image) -> Strip:
    """Return a reader of the rows of a picture of at most 8 bits a channel."""
    if picture.has_transparency_data:
        mode = "RGBA"
    elif picture.mode in _GREY_MODES:
        mode = "L"
    else:
        mode = picture.mode if picture.mode in _KEPT_MODES else "RGB"

    def strip(top: int, bottom: int) -> Image.Image:
        rows = _rows(picture, top, bottom)
        return rows if rows.mode == mode else rows.convert(mode)

    return strip


def _deep_strips(picture: Image.Image) -> Strip:
    """Return a reader of the rows of a grey picture of more than 8 bits."""
    notes = tiff_notes(picture)
    look = picture.resize([min(side, _LOOKED_AT) for side in picture.size], Image.Resampling.NEAREST)
    levels = levels_of(_values(look, notes), notes.range)

    def strip(top: int, bottom: int) -> Image.Image:
        grey = levels.bytes_of(_values(_rows(picture, top, bottom), notes))
        return Image.fromarray(255 - grey if notes.zero_is_white else grey)

    return strip


def _values(picture: Image.Image, notes: TiffNotes) -> npt.NDArray[np.generic]:
    values = np.asarray(picture)
    return values if notes.type is None else values.astype(notes.type)

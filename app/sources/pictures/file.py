"""The one place that opens picture files: how large they may be, and what goes wrong."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.sources.pictures.cut_webp import without_cut_end
from app.sources.pictures.heic import open_heic
from app.sources.pictures.kind import Kind
from app.sources.pictures.tiff_notes import is_raw
from flame_model.errors import SourceError

MAX_PIXELS = 200_000_000
CUT = "cut"
"""Tells in a picture's `info` whether pictures at the end of its file are missing."""
_MOST_PIXELS: dict[Kind, int] = {"WEBP": 60_000_000, "AVIF": 100_000_000, "HEIF": 100_000_000}
"""Where a decoder needs more than the 4 bytes a pixel of the others; each limit is about 1 GB of memory
(measured: WebP takes 16 bytes a pixel, AVIF 9)."""
_READ_WHOLE = ("WEBP", "AVIF", "HEIF")
_MOST_BYTES = 500_000_000
"""Of files that their readers take into memory as a whole."""

# Pillow raises above twice this number, and would otherwise do so at 179 megapixels.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
# What it raises says enough; its log would go to the terminal as well.
logging.getLogger("PIL").setLevel(logging.CRITICAL)


def open_picture(path: Path, kind: Kind) -> Image.Image:
    """Open a picture without decoding it; to be called, and used, within `reading`.

    Nothing but the reader of that kind sees the file: of the others one hands PostScript to another program.
    """
    if kind in _READ_WHOLE and path.stat().st_size > _MOST_BYTES:
        raise SourceError(
            f"{path} is a picture of more than {_MOST_BYTES // 10**6} MB; make it smaller first."
        )
    whole = without_cut_end(path) if kind == "WEBP" else None
    picture = open_heic(path) if kind == "HEIF" else Image.open(whole or path, formats=(kind,))
    picture.info[CUT] = whole is not None
    if is_raw(picture):
        picture.close()
        raise SourceError(f"{path} is a camera's raw file, which holds but a preview; save it as JPEG first.")
    limit = _MOST_PIXELS.get(kind, MAX_PIXELS)
    if picture.width * picture.height > limit:
        picture.close()
        raise SourceError(
            f"{path} has {picture.width}x{picture.height} pixels, more than the {limit // 10**6} million "
            f"that are read of such a file; make it smaller first."
        )
    return picture


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever Pillow raises into a SourceError of one sentence, and silence its warnings."""
    try:
        with warnings.catch_warnings():
            # They come with damaged or large files, and go to the terminal past everything else.
            warnings.simplefilter("ignore")
            yield
    except SourceError:
        raise
    except Exception as error:
        # Damaged files end in struct.error, zlib.error, SyntaxError, OverflowError, KeyError and many more.
        raise SourceError(f"{path} cannot be read as a picture: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror[:1].lower()}{error.strerror[1:]}."
    if isinstance(error, MemoryError | Image.DecompressionBombError):
        return f"it is too large; more than {MAX_PIXELS // 10**6} million pixels are not read."
    if isinstance(error, UnidentifiedImageError):
        return "it was cut, is damaged or of a rare variety; save it as PNG or JPEG with another program."
    if isinstance(error, EOFError) or "truncated" in str(error).lower():
        return "it ends early; it was cut, or not copied to its end."
    return "it was cut or is damaged."

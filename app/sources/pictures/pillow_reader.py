"""Open picture files with Pillow: one decoder for each format, limits of size, a sentence for every error."""

from __future__ import annotations

import io
import logging
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.sources.pictures.formats import Kind
from app.sources.pictures.heic import open_heic
from app.sources.pictures.tiff import is_raw
from flame_model.errors import SourceError

MAX_PIXELS = 200_000_000
CUT = "cut"
"""Key in a picture's `info`: whether pictures at the end of its file are missing."""
_MOST_PIXELS: dict[Kind, int] = {"WEBP": 60_000_000, "AVIF": 100_000_000, "HEIF": 100_000_000}
"""Limits for decoders that need more than the 4 bytes a pixel of the others; each is about 1 GB of memory
(measured: WebP takes 16 bytes a pixel, AVIF 9)."""
_LOADED_WHOLE = ("WEBP", "AVIF", "HEIF")
_MOST_BYTES = 500_000_000
"""Largest file of a format whose decoder loads the whole file into memory."""
_RIFF_HEAD = 12
_CHUNK_HEAD = 8

# Pillow raises above twice this number; by default it would raise at 179 megapixels.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2
# Pillow's errors are turned into sentences; its log would go to the terminal as well.
logging.getLogger("PIL").setLevel(logging.CRITICAL)


def open_picture(path: Path, kind: Kind) -> Image.Image:
    """Open a picture without decoding it; to be called, and used, within `reading_picture`.

    Only the decoder of that format may see the file: Pillow's others include one that runs PostScript in
    another program.
    """
    if kind in _LOADED_WHOLE and path.stat().st_size > _MOST_BYTES:
        raise SourceError(
            f"{path} is a picture of more than {_MOST_BYTES // 10**6} MB; make it smaller first."
        )
    whole = without_cut_end(path) if kind == "WEBP" else None
    picture = open_heic(path) if kind == "HEIF" else Image.open(whole or path, formats=(kind,))
    picture.info[CUT] = whole is not None
    if is_raw(picture):
        picture.close()
        raise SourceError(
            f"{path} is a camera's raw file, of which only the preview can be read; save it as JPEG first."
        )
    limit = _MOST_PIXELS.get(kind, MAX_PIXELS)
    if picture.width * picture.height > limit:
        picture.close()
        raise SourceError(
            f"{path} has {picture.width}x{picture.height} pixels, more than the {limit // 10**6} million "
            "that are read of such a file; make the picture smaller first."
        )
    return picture


@contextmanager
def reading_picture(path: Path) -> Iterator[None]:
    """Turn whatever Pillow raises into a SourceError of one sentence, and silence its warnings."""
    try:
        with warnings.catch_warnings():
            # Damaged and large files cause warnings, which would go straight to the terminal.
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
        return f"it is too large; up to {MAX_PIXELS // 10**6} million pixels are read."
    if isinstance(error, UnidentifiedImageError):
        return "it was cut, is damaged or of a rare variety; save it as PNG or JPEG with another program."
    if isinstance(error, EOFError) or "truncated" in str(error).lower():
        return "it ends early because it was cut or not copied to its end; copy it again."
    return "it was cut or is damaged; copy it again."


def without_cut_end(path: Path) -> io.BytesIO | None:
    """Return a truncated WebP up to its last whole chunk; None for a file that is complete.

    libwebp refuses a file that is shorter than its header states; other decoders read what is there.
    """
    with path.open("rb") as file:
        head = file.read(_RIFF_HEAD)
        (stated,) = struct.unpack("<I", head[4:8])
        length = path.stat().st_size
        if 8 + stated <= length:
            return None
        end = _RIFF_HEAD
        while len(chunk := file.read(_CHUNK_HEAD)) == _CHUNK_HEAD:
            (size,) = struct.unpack("<I", chunk[4:])
            following = end + _CHUNK_HEAD + size + size % 2
            if following > length:
                break
            end = following
            file.seek(end)
        file.seek(_RIFF_HEAD)
        kept = file.read(end - _RIFF_HEAD)
    return io.BytesIO(b"RIFF" + struct.pack("<I", end - 8) + b"WEBP" + kept)

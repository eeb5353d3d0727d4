"""The one place that opens a picture file: which kinds are read, how large they may be, what goes wrong."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PIL import Image, UnidentifiedImageError

from flame_model.errors import SourceError

Kind = Literal["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF"]
"""Kinds of pictures that are read, as Pillow calls them."""
READ = "PNG, JPEG, WebP, GIF, TIFF, BMP, AVIF or HEIC"
_SUFFIXES = (
    (".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".dib")
    + (".avif", ".avifs", ".heic", ".heics", ".heif", ".heifs", ".hif")
)  # fmt: skip
_MANY_JPEG = (".mjpeg", ".mjpg")
"""Raw clips of JPEG pictures begin as one picture does."""
MAX_PIXELS = 200_000_000
_MOST_PIXELS: dict[Kind, int] = {"WEBP": 60_000_000, "AVIF": 100_000_000, "HEIF": 100_000_000}
"""Where a decoder needs more than the 4 bytes a pixel of the others; each limit is about 1 GB of memory
(measured: WebP takes 16 bytes a pixel, AVIF 9)."""
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
)
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})

# Pillow raises above twice this number, and would otherwise do so at 179 megapixels.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2


def picture_kind(path: Path) -> Kind | None:
    """Return what kind of picture a file is by its first bytes, whatever its name; None for anything else.

    Raises SourceError where it cannot be read.
    """
    with reading(path), path.open("rb") as file:
        head = file.read(256)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return None if path.suffix.lower() in _MANY_JPEG else kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    return _isobmff_kind(head) if head[4:8] == b"ftyp" else None


def named_as_picture(path: Path) -> bool:
    """Return whether a file's name says that it is a picture."""
    return path.suffix.lower() in _SUFFIXES


def _isobmff_kind(head: bytes) -> Kind | None:
    """Return the kind of a file of boxes; MP4 and QuickTime begin alike and are no pictures."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    major, *others = [head[8:12], *(head[i : i + 4] for i in range(16, length, 4))]
    brands = set(others) if major in (b"mif1", b"msf1", b"miaf") else {major}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else None


def open_picture(path: Path, kind: Kind) -> Image.Image:
    """Open a picture without decoding it; to be called, and used, within `reading`.

    Nothing but the reader of that kind sees the file: of the others one hands PostScript to another program.
    """
    if kind == "HEIF":
        _learn_heic()
    picture = Image.open(path, formats=(kind,))
    limit = _MOST_PIXELS.get(kind, MAX_PIXELS)
    if picture.width * picture.height > limit:
        picture.close()
        raise SourceError(
            f"{path} has {picture.width}x{picture.height} pixels, more than the {limit // 10**6} million "
            f"that are read of such a file; make it smaller first."
        )
    return picture


def _learn_heic() -> None:
    try:
        from pi_heif import register_heif_opener
    except ImportError as error:
        raise SourceError(
            "HEIC pictures need another package: pip install pi-heif; or save them as JPEG first."
        ) from error
    # One image is shown; of the others not even the headers are read.
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


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
        return "its beginning is damaged or of a rare variety; save it as PNG or JPEG with another program."
    if isinstance(error, EOFError) or "truncated" in str(error).lower():
        return "it ends early; it was cut, or not copied to its end."
    return "it is damaged."

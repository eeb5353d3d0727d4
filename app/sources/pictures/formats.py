"""Recognise the format of picture files by their first bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from flame_model.errors import SourceError

Kind = Literal["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF"]
"""A picture format, by Pillow's name."""
READ = "PNG, JPEG, WebP, GIF, TIFF, BMP, AVIF or HEIC"
"""The formats as error sentences list them."""
_SUFFIXES = frozenset(
    {".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".dib"}
    | {".avif", ".avifs", ".heic", ".heics", ".heif", ".heifs", ".hif"}
)
_MANY_JPEG = (".mjpeg", ".mjpg")
"""Raw clips of JPEG pictures, which begin as one JPEG picture does."""
_MAGIC: dict[bytes, Kind] = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
}
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
"""Lengths that the header of a BMP may state."""
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_ANY_BRANDS = frozenset({b"mif1", b"msf1", b"miaf"})
"""Brands that HEIC and AVIF share; the compatible brands that follow tell them apart."""
_HEAD_BYTES = 256


def picture_kind(path: Path) -> Kind | None:
    """Return the picture format of a file by its first bytes, whatever its name; None for anything else.

    Raises SourceError where the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    if path.suffix.lower() in _MANY_JPEG:
        return None
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    return _boxed_kind(head) if head[4:8] == b"ftyp" else None


def _boxed_kind(head: bytes) -> Kind | None:
    """Return the format of a file of boxes by its brands; MP4 and QuickTime begin alike but are clips."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12]}
    if brands <= _ANY_BRANDS:
        brands = {head[place : place + 4] for place in range(16, end, 4)}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else None


def named_as_picture(path: Path) -> bool:
    """Return whether a file has the suffix of a picture."""
    return path.suffix.lower() in _SUFFIXES

"""Which picture files are read, told by what is in them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from flame_model.errors import SourceError

Kind = Literal["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF"]
"""As Pillow calls them."""
READ = "PNG, JPEG, WebP, GIF, TIFF, BMP, AVIF or HEIC"
_SUFFIXES = frozenset(
    {".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".dib"}
    | {".avif", ".avifs", ".heic", ".heics", ".heif", ".heifs", ".hif"}
)
_MANY_JPEG = (".mjpeg", ".mjpg")
"""Raw clips of JPEG pictures begin as one picture does."""
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
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_ANY_BRANDS = frozenset({b"mif1", b"msf1", b"miaf"})
_LOOKED_AT = 256


def picture_kind(path: Path) -> Kind | None:
    """Return what kind of picture a file is by its first bytes, whatever its name; None for anything else.

    Raises SourceError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_LOOKED_AT)
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
    """Return the kind of a file of boxes by its brands; MP4 and QuickTime begin alike and are no pictures."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12]}
    if brands <= _ANY_BRANDS:
        brands = {head[place : place + 4] for place in range(16, end, 4)}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & _HEIF_BRANDS else None


def named_as_picture(path: Path) -> bool:
    """Return whether a file's name says that it is a picture."""
    return path.suffix.lower() in _SUFFIXES

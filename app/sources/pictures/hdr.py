"""How the values of a picture file are meant: by ITU-T H.273 codes where it carries them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.sources.pictures.color import HighRange
from app.sources.pictures.kind import Kind

if TYPE_CHECKING:
    from app.sources.clips.tone import Primaries, Transfer

_LOOKED_AT = 256 * 1024
"""Bytes of a file among which its description lies: before the pixels, behind at most a small preview."""
_TRANSFERS: dict[int, Transfer] = {16: "pq", 18: "hlg"}
_PRIMARIES: dict[int, Primaries] = {1: "bt709", 9: "bt2020", 11: "p3", 12: "p3"}


def high_range_of(path: Path, kind: Kind) -> HighRange | None:
    """Return how an HDR picture is meant, None for an ordinary one.

    PNG says it in its cICP chunk in bytes; AVIF and HEIC in a `colr` box of type `nclx` in words of 16 bits.
    Raises OSError.
    """
    if kind not in ("PNG", "AVIF", "HEIF"):
        return None
    mark, word = (b"cICP", 1) if kind == "PNG" else (b"colrnclx", 2)
    with path.open("rb") as file:
        _, found, codes = file.read(_LOOKED_AT).partition(mark)
    primaries, transfer = (int.from_bytes(codes[i : i + word], "big") for i in (0, word))
    if not found or transfer not in _TRANSFERS:
        return None
    return _TRANSFERS[transfer], _PRIMARIES.get(primaries, "bt2020")

"""Bring the colours of picture files to sRGB: ICC profiles, HDR codings, CMYK and LAB, and transparency."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image, ImageCms

from app.sources.contract import Color
from app.sources.pictures.formats import Kind
from flame_model.arrays import Picture

if TYPE_CHECKING:
    # Few pictures are HDR, and OpenCV takes 0.1 s to import.
    from app.sources.tone_mapping import Primaries, Transfer

HdrCoding: TypeAlias = "tuple[Transfer, Primaries]"
"""Transfer function and primaries of an HDR picture."""

_SEARCHED_BYTES = 256 * 1024
"""Bytes searched for the colour description, before which at most a small preview stands."""
_TRANSFERS: dict[int, Transfer] = {16: "pq", 18: "hlg"}
"""By the codes of ITU-T H.273, table 3."""
_PRIMARIES: dict[int, Primaries] = {1: "bt709", 9: "bt2020", 11: "p3", 12: "p3"}
"""By the codes of ITU-T H.273, table 2."""


def hdr_coding(path: Path, kind: Kind) -> HdrCoding | None:
    """Return the coding of an HDR picture, None for an ordinary one; raises OSError.

    PNG states the codes of ITU-T H.273 in its cICP chunk in bytes; AVIF and HEIC in a `colr` box of type
    `nclx` in words of 16 bits.
    """
    if kind not in ("PNG", "AVIF", "HEIF"):
        return None
    mark, word = (b"cICP", 1) if kind == "PNG" else (b"colrnclx", 2)
    with path.open("rb") as file:
        _, found, codes = file.read(_SEARCHED_BYTES).partition(mark)
    primaries, transfer = (int.from_bytes(codes[i : i + word], "big") for i in (0, word))
    if not found or transfer not in _TRANSFERS:
        return None
    return _TRANSFERS[transfer], _PRIMARIES.get(primaries, "bt2020")


def in_srgb(image: Image.Image, profile: bytes | None, hdr: HdrCoding | None) -> Image.Image:
    """Return a picture (L, RGB, RGBA, CMYK or LAB) as RGB or RGBA in sRGB.

    `profile` is an ICC profile; it is ignored where it is damaged or belongs to another colour mode.
    """
    if image.mode == "RGBA":
        alpha = image.getchannel("A")
        image = in_srgb(image.convert("RGB"), profile, hdr)
        image.putalpha(alpha)
        return image
    if hdr is not None:
        from app.sources.tone_mapping import to_srgb

        return Image.fromarray(to_srgb(np.asarray(image.convert("RGB")), *hdr))
    if image.mode == "LAB":
        return _transformed(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")))
    return (_by_profile(image, profile) if profile else image).convert("RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if ImageCms.getProfileDescription(source).lower().startswith("srgb"):
            return image
        return _transformed(image, source)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _transformed(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    out = ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB")
    assert out is not None, "only a conversion in place returns none"
    return out


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def on_backdrop(image: Image.Image, backdrop: Color) -> Picture:
    """Return (H, W, 3) of an RGB or RGBA picture over a colour."""
    if image.mode == "RGBA":
        canvas = Image.new("RGB", image.size, backdrop)
        canvas.paste(image, mask=image.getchannel("A"))
        image = canvas
    return np.asarray(image, dtype=np.uint8)

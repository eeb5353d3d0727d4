"""The colours of a picture file as an ordinary screen shows them."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from app.sources.contract import Color

if TYPE_CHECKING:
    # Few pictures are HDR, and OpenCV takes 0.1 s to import.
    from app.sources.clips.tone import Primaries, Transfer

HighRange: TypeAlias = "tuple[Transfer, Primaries]"
"""How the values of an HDR picture are meant."""


def in_srgb(image: Image.Image, profile: bytes | None, high_range: HighRange | None) -> Image.Image:
    """Return a picture (L, RGB, RGBA, CMYK or LAB) as RGB or RGBA in sRGB.

    `profile` is an ICC profile; a damaged one, or one of other colours than the picture's, is passed over.
    """
    if image.mode == "RGBA":
        alpha = image.getchannel("A")
        image = in_srgb(image.convert("RGB"), profile, high_range)
        image.putalpha(alpha)
        return image
    if high_range is not None:
        from app.sources.clips.tone import to_srgb

        return Image.fromarray(to_srgb(np.asarray(image.convert("RGB")), *high_range))
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


def on_backdrop(image: Image.Image, backdrop: Color) -> npt.NDArray[np.uint8]:
    """Return (H, W, 3) of an RGB or RGBA picture lying on a colour."""
    if image.mode == "RGBA":
        canvas = Image.new("RGB", image.size, backdrop)
        canvas.paste(image, mask=image.getchannel("A"))
        image = canvas
    return np.asarray(image, dtype=np.uint8)

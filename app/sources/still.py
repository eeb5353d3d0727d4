"""A picture of a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from app.sources.contract import Playback
from app.sources.held import HeldSource
from flame_model.errors import SourceError

STILL_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})


class StillSource(HeldSource):
    """Give the picture of a file, as `HeldSource` does."""

    def __init__(self, path: Path, playback: Playback) -> None:
        """Read the picture, upright by its EXIF tag; raises SourceError."""
        super().__init__(path.name, _read_picture(path), playback)


def _read_picture(path: Path) -> npt.NDArray[np.uint8]:
    """Return (H, W, 3) RGB; transparency is laid on black."""
    try:
        with Image.open(path) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise SourceError(
            f"{path} cannot be read as a picture: the file is empty, cut or not one."
        ) from error
    black = Image.new("RGBA", upright.size, (0, 0, 0, 255))
    return np.asarray(Image.alpha_composite(black, upright).convert("RGB"), dtype=np.uint8)

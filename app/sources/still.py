"""A picture held still."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from app.sources.contract import Playback, Source, SourceItem
from app.sources.playing import play
from flame_model.errors import SourceError
from mappings.frames import Frame

STILL_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_FPS = 30.0


class StillSource(Source):
    """Give one picture: 30 times a second without end when live or looped, else once."""

    def __init__(self, path: Path, playback: Playback) -> None:
        """Read the picture, upright by its EXIF tag; raises SourceError."""
        self.name = path.name
        self.is_camera = False
        self.fps: float | None = _FPS
        self._image = _read_picture(path)
        self.size = (self._image.shape[1], self._image.shape[0])
        self._endless = playback.live or playback.loop
        self.frame_count = None if self._endless else 1
        self._playback = Playback(playback.live, self._endless, playback.clock, playback.sleep)
        self._stopping = threading.Event()

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield the same picture again and again, or once."""
        once = [(0.0, self._image)]
        for index, time_s, image in play(lambda: iter(once), self._playback, self._stopping, 1.0 / _FPS):
            yield Frame(index, time_s, image)

    def close(self) -> None:
        """End the iteration."""
        self._stopping.set()


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

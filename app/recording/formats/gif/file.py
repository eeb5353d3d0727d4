"""One GIF file, to which painted pictures are appended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from av.video.frame import VideoFrame

from app.recording.formats.encoded_file import EncodedFile, Format
from app.recording.formats.gif.painter import TRANSPARENT, Painter
from flame_model.arrays import Array, Picture

_FORMAT = Format("gif", "gif", {"loop": "0"}, {}, tail=b";")


class GifFile(EncodedFile):
    """A GIF that loops for ever; a picture is in the file once the next one has come."""

    def __init__(self, made: Path, path: Path, size: tuple[int, int], fps: float) -> None:
        """Open the empty file `made` for pictures of `size` (W, H); errors name `path`."""
        super().__init__(made, path, _FORMAT, fps)
        self.stream.width, self.stream.height = size
        self.stream.pix_fmt = "pal8"

    def paint(self, painter: Painter, rgba: Picture) -> None:
        """Append a picture in the painter's palette; raises OutputError."""
        # PyAV takes such a pair for this format, but its type hints do not say so.
        pixels: Any = (painter.paint(rgba), _argb(painter.palette))
        frame = VideoFrame.from_ndarray(pixels, format="pal8")
        frame.time_base = 1 / self.rate
        self.encode(frame)


def _argb(palette: Array) -> Array:
    """Return FFmpeg's palette (256, 4) uint8 of colours (C, 3): alpha first, one entry transparent."""
    argb = np.zeros((TRANSPARENT + 1, 4), dtype=np.uint8)
    argb[:TRANSPARENT, 0] = 255
    argb[: len(palette), 1:] = palette
    return argb

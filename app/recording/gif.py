"""GIF with one palette made from the whole clip."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from app.recording.contract import Picture
from app.recording.encoded import EncodedWriter
from app.recording.png import decode_png, encode_png

SPOOL_BYTES = 64 * 2**20
"""Compressed frames held back for the palette: about 15 s of a 512x512 head."""
MAX_FPS = 50.0
"""Browsers play shorter delays than two hundredths of a second slowly."""
_TICK = Fraction(1, 100)
_RGBA = VideoFormat("rgba")
_OPAQUE = np.array([0, 0, 0, 255], dtype=np.uint8)


class GifWriter(EncodedWriter):
    """Write a GIF of 255 colours and one-bit alpha that loops for ever.

    A palette needs every colour before the first pixel is written, so frames are held back, compressed, until
    the clip ends or `SPOOL_BYTES` are full; what comes later is written at once in the colours found by then.
    """

    container_format = "gif"
    container_options = {"loop": "0"}  # noqa: RUF012
    tail = b";"

    def __init__(self, path: Path, size: tuple[int, int], fps: float, *, alpha: bool) -> None:
        """Open the file for pictures of `size` (W, H); raises OutputError."""
        super().__init__(path, "gif", fps, {})
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "pal8"
        self._size = size
        self._alpha = alpha
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._palette = _PaletteMaker(size)
        self._painter: _Painter | None = None

    def add(self, rgba: Picture) -> None:
        """Append one picture; pixels less than half opaque become transparent."""
        if self._painter:
            self._paint(self._painter, rgba)
            return
        png = encode_png(rgba, alpha=self._alpha)
        self._palette.look_at(rgba if self._alpha else rgba | _OPAQUE)
        self._held.append(png)
        self._held_bytes += len(png)
        if self._held_bytes >= SPOOL_BYTES:
            self._paint_held()

    def close(self) -> None:
        """Paint what was held back and finish the file."""
        if self._held:
            self._paint_held()
        super().close()

    def _paint_held(self) -> None:
        painter = self._painter = _Painter(self._palette.finish(), self._size)
        held, self._held = self._held, []
        for png in held:
            self._paint(painter, decode_png(png))

    def _paint(self, painter: _Painter, rgba: Picture) -> None:
        frame = painter.paint(rgba if self._alpha else rgba | _OPAQUE)
        frame.time_base = 1 / self._rate
        self._encode(frame)


class _PaletteMaker:
    """Count the colours of many pictures and choose 255 of them, and one for transparent."""

    def __init__(self, size: tuple[int, int]) -> None:
        # Kept here: the filters do not keep their graph alive, and crash without it.
        graph = self._graph = Graph()
        self._source = graph.add_buffer(width=size[0], height=size[1], format=_RGBA, time_base=_TICK)
        maker = graph.add("palettegen", "reserve_transparent=1:stats_mode=full")
        self._sink = graph.add("buffersink")
        self._source.link_to(maker)
        maker.link_to(self._sink)
        graph.configure()
        self._count = 0

    def look_at(self, rgba: Picture) -> None:
        """Count the colours of one picture."""
        self._source.push(_frame(rgba, self._count))
        self._count += 1

    def finish(self) -> VideoFrame:
        """Return the palette, a picture of 16 x 16."""
        self._source.push(None)
        return _pulled(self._sink)


class _Painter:
    """Bring pictures to the colours of a palette."""

    def __init__(self, palette: VideoFrame, size: tuple[int, int]) -> None:
        graph = self._graph = Graph()
        self._source = graph.add_buffer(width=size[0], height=size[1], format=_RGBA, time_base=_TICK)
        colors = graph.add_buffer(
            width=palette.width, height=palette.height, format=palette.format, time_base=_TICK
        )
        # An ordered pattern stands still from frame to frame where error diffusion crawls; 5 is its faintest.
        painter = graph.add(
            "paletteuse", "dither=bayer:bayer_scale=5:diff_mode=rectangle:alpha_threshold=128"
        )
        self._sink = graph.add("buffersink")
        self._source.link_to(painter, 0, 0)
        colors.link_to(painter, 0, 1)
        painter.link_to(self._sink)
        graph.configure()
        colors.push(palette)
        colors.push(None)
        self._count = 0

    def paint(self, rgba: Picture) -> VideoFrame:
        """Return the picture with one palette index for each pixel."""
        self._source.push(_frame(rgba, self._count))
        self._count += 1
        return _pulled(self._sink)


def _frame(rgba: Picture, count: int) -> VideoFrame:
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(rgba), format="rgba")
    frame.pts = count
    return frame


def _pulled(sink: FilterContext) -> VideoFrame:
    frame = sink.pull()
    assert isinstance(frame, VideoFrame)
    return frame

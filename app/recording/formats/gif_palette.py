"""The palette of a GIF: choose it from many pictures, and paint pictures in it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from flame_model.arrays import Picture

_TICK = Fraction(1, 100)
"""Time base of the filters, in which a picture's time is its number."""
_RGBA = VideoFormat("rgba")


class PaletteMaker:
    """A count of the colours of many pictures, from which 255 and a transparent one are chosen."""

    def __init__(self, size: tuple[int, int]) -> None:
        # The filters do not keep their graph alive and crash without it.
        graph = self._graph = Graph()
        self._source = graph.add_buffer(width=size[0], height=size[1], format=_RGBA, time_base=_TICK)
        maker = graph.add("palettegen", "reserve_transparent=1:stats_mode=full")
        self._sink = graph.add("buffersink")
        self._source.link_to(maker)
        maker.link_to(self._sink)
        graph.configure()
        self._count = 0

    def add(self, rgba: Picture) -> None:
        """Count the colours of one picture."""
        self._source.push(_frame(rgba, self._count))
        self._count += 1

    def finish(self) -> VideoFrame:
        """Return the palette, a picture of 16 x 16 colours."""
        self._source.push(None)
        return _pulled(self._sink)


class Painter:
    """Paints pictures in the colours of a palette."""

    def __init__(self, palette: VideoFrame, size: tuple[int, int]) -> None:
        graph = self._graph = Graph()
        self._source = graph.add_buffer(width=size[0], height=size[1], format=_RGBA, time_base=_TICK)
        colors = graph.add_buffer(
            width=palette.width, height=palette.height, format=palette.format, time_base=_TICK
        )
        # An ordered pattern stays the same from frame to frame; that of error diffusion moves. 5 is the
        # faintest pattern.
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
        """Return the picture as a palette index for each pixel."""
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

"""Write a GIF as FFmpeg does by its filters palettegen and paletteuse, to compare ours with."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from flame_model.arrays import Picture

_DITHERING = "dither=bayer:bayer_scale=5:diff_mode=rectangle:alpha_threshold=128"
"""An ordered pattern, which does not move, at its faintest."""


def write_peer(path: Path, pictures: list[Picture], fps: float) -> None:
    """Write pictures (H, W, 4) to a GIF with one palette for all of them."""
    rate = Fraction(fps).limit_denominator(1001)
    with av.open(str(path), "w", format="gif") as container:
        stream = container.add_stream("gif", rate=rate)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "pal8"
        for number, frame in enumerate(_painted(pictures)):
            frame.time_base, frame.pts = 1 / rate, number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _painted(pictures: list[Picture]) -> Iterable[VideoFrame]:
    graph, source = _graph(pictures[0].shape)
    painter = graph.add("paletteuse", _DITHERING)
    palette = _palette(pictures)
    colors = graph.add_buffer(
        width=palette.width, height=palette.height, format=palette.format, time_base=Fraction(1, 100)
    )
    sink = graph.add("buffersink")
    source.link_to(painter, 0, 0)
    colors.link_to(painter, 0, 1)
    painter.link_to(sink)
    graph.configure()
    colors.push(palette)
    colors.push(None)
    for number, picture in enumerate(pictures):
        source.push(_frame(picture, number))
        yield sink.pull()


def _palette(pictures: list[Picture]) -> VideoFrame:
    graph, source = _graph(pictures[0].shape)
    maker = graph.add("palettegen", "reserve_transparent=1:stats_mode=full")
    sink = graph.add("buffersink")
    source.link_to(maker)
    maker.link_to(sink)
    graph.configure()
    for number, picture in enumerate(pictures):
        source.push(_frame(picture, number))
    source.push(None)
    return sink.pull()


def _graph(shape: tuple[int, ...]):
    """Return a graph with a source for pictures; the filters crash where the graph is not kept."""
    graph = Graph()
    form = VideoFormat("rgba")
    return graph, graph.add_buffer(width=shape[1], height=shape[0], format=form, time_base=Fraction(1, 100))


def _frame(picture: Picture, number: int) -> VideoFrame:
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgba")
    frame.pts = number
    return frame

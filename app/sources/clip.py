"""One reading of a clip, from its beginning to its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import av
import numpy as np
import numpy.typing as npt
from av.packet import Packet
from av.video.frame import VideoFrame

from app.sources.containers import Opened
from app.sources.converting import RgbConverter
from app.sources.decoding import decoded, packets
from app.sources.frame_rate import frame_rate
from app.sources.geometry import MAX_PIXELS
from flame_model.errors import SourceError

Picture = npt.NDArray[np.uint8]

FALLBACK_FPS = 30.0
_MEASURED = 120
"""Packets that are looked at for the rate: four seconds of most clips, read in some milliseconds."""
_FIRST_PICTURE_S = 5.0
"""Patience with what can be read but not decoded."""
_LARGE = 4096 * 2304
"""Pixels above which one picture is decoded at a time: every frame thread would hold several."""


class Clip:
    """Read the pictures of an open container once; what could not be read stands in `damage`."""

    def __init__(self, opened: Opened, name: str, look_s: float | None = None) -> None:
        """Look at the first packets and decode the first picture; raises SourceError where there is none.

        `look_s` bounds the look at what may come no faster than it is shown.
        """
        self.damage: Final[set[str]] = set()
        self._opened = opened
        try:
            _prepare_decoder(opened, name)
            arriving = packets(opened, self.damage)
            peeked = _peek(arriving, look_s)
            self._decoded = decoded(opened.stream, chain(peeked, arriving), self.damage)
            self._first = _first_frames(self._decoded)
            if not self._first:
                raise SourceError(f"{name} is a video without a single readable picture.")
            # Only now, as the decoder may know the shape of the pixels where the container does not.
            self._converter = RgbConverter(opened.stream.sample_aspect_ratio)
            self._picture = self._converter.convert(self._first[0])
        except BaseException:
            opened.close()
            raise
        self.fps: Final = _rate(opened, peeked)
        self.frame_count: Final = opened.stream.frames or None
        self.stated_s: Final = _stated_length(opened)
        self._is_sole = (
            opened.is_picture_format and sum(1 for packet in peeked if packet and packet.size) == 1
        )
        self.size: Final = (self._picture.shape[1], self._picture.shape[0])

    def pictures(self, stopping: threading.Event) -> Iterator[tuple[float, Picture]]:
        """Yield (seconds, picture (H, W, 3) RGB) in order, then close the container; works once."""
        interval_s = 1.0 / (self.fps or FALLBACK_FPS)
        # Not the frame's own: PyAV forgets it for those that are left in the decoder after damage.
        tick_s = float(self._opened.stream.time_base or 0)
        time_s = -interval_s
        try:
            for frame in self._frames(stopping):
                stamp = frame.dts if frame.pts is None else frame.pts
                time_s = time_s + interval_s if stamp is None else stamp * tick_s
                picture = self._picture if frame is self._first[0] else self._converter.convert(frame)
                yield time_s, picture
        finally:
            self.close()

    def sole_picture(self) -> Picture | None:
        """Return the picture (H, W, 3) RGB of what is one, and close it; None where there are several."""
        if not self._is_sole:
            return None
        self.close()
        return self._picture

    def _frames(self, stopping: threading.Event) -> Iterator[VideoFrame]:
        for frames in chain([self._first], self._decoded):
            if stopping.is_set():
                return
            yield from frames

    def close(self) -> None:
        """Close the container; not while `pictures` is at work."""
        self._opened.close()


def _prepare_decoder(opened: Opened, name: str) -> None:
    """Choose threads, and refuse pictures that would fill the memory; raises SourceError."""
    context = opened.stream.codec_context
    pixels = context.width * context.height
    if pixels > MAX_PIXELS:
        raise SourceError(
            f"{name} has pictures of {context.width}x{context.height}, more than "
            f"{MAX_PIXELS // 10**6} million pixels; make them smaller first."
        )
    # Pictures may turn out larger than stated.
    context.options = {**context.options, "max_pixels": str(MAX_PIXELS)}
    # Frame and slice threads together: 0.7 ms a 512x512 picture with conversion on 2 cores.
    opened.stream.thread_type = "AUTO"
    if pixels > _LARGE:
        opened.stream.thread_type = "SLICE"


def _peek(arriving: Iterable[Packet | None], look_s: float | None) -> list[Packet | None]:
    """Return the first packets."""
    begun_s = time.monotonic()
    peeked: list[Packet | None] = []
    for packet in arriving:
        peeked.append(packet)
        late = look_s is not None and time.monotonic() - begun_s > look_s
        if late or len(peeked) == _MEASURED:
            break
    return peeked


def _first_frames(of_packets: Iterator[list[VideoFrame]]) -> list[VideoFrame]:
    """Return what the first packet with pictures gives; an empty list where there is none."""
    begun_s = time.monotonic()
    for frames in of_packets:
        if frames or time.monotonic() - begun_s > _FIRST_PICTURE_S:
            return frames
    return []


def _rate(opened: Opened, peeked: Iterable[Packet | None]) -> float | None:
    """Return the frames per second of the first packets, see `frame_rate`."""
    stream = opened.stream
    tick_s = float(stream.time_base or 0)
    stamps = [packet.dts if packet.pts is None else packet.pts for packet in peeked if packet is not None]
    times_s = [stamp * tick_s for stamp in stamps if stamp is not None]
    stated = [float(rate) for rate in (stream.average_rate, stream.guessed_rate) if rate]
    return frame_rate(times_s, stated, tick_s)


def _stated_length(opened: Opened) -> float:
    """Return the seconds of pictures the file says it holds; 0 where it does not say."""
    container, stream = opened.container, opened.stream
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    # Without one of its own the whole file's length counts, unless sound may go on without pictures.
    if container.duration is not None and not container.streams.audio:
        return container.duration / av.time_base
    return 0.0

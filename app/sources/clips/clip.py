"""One reading of a clip, from its beginning to its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import av
from av.packet import Packet

from app.sources.clips.containers import Opened
from app.sources.clips.converting import RgbConverter
from app.sources.clips.decoder_limits import prepare_decoder
from app.sources.clips.decoding import decoded, packets
from app.sources.frame_rate import frame_rate
from flame_model.arrays import Picture
from flame_model.errors import SourceError

Item = tuple[float, Picture]

FALLBACK_FPS = 30.0
_MEASURED = 120
"""Packets that are looked at for the rate: four seconds of most clips, read in some milliseconds."""
_LONGEST_LAST_S = 5.0
"""Some recorders give the last picture all the time that was left."""
_MEASURED_BYTES = 16 * 2**20
_FIRST_PICTURE_S = 5.0
"""Patience with what can be read but not decoded."""


class Clip:
    """Read the pictures of an open container once; what could not be read stands in `damage`."""

    def __init__(self, opened: Opened, name: str, look_s: float | None = None) -> None:
        """Look at the first packets and decode the first picture; raises SourceError where there is none.

        `look_s` bounds the look at what may come no faster than it is shown.
        """
        self.damage: Final[set[str]] = set()
        self.last_s = 0.0
        """How long the newest picture stays by the file, 0 where it does not say."""
        self._opened = opened
        try:
            prepare_decoder(opened.stream, name)
            arriving = packets(opened, self.damage)
            peeked = _peek(arriving, look_s)
            self.fps: Final = _rate(opened, peeked)
            filled = [packet for packet in peeked if packet is not None and packet.size]
            self._is_sole = opened.is_picture_format and len(filled) == 1
            self._items = self._decode(chain(peeked, arriving))
            self._first = _first_item(self._items)
            if self._first is None:
                raise SourceError(f"{name} is a video without a single readable picture.")
        except BaseException:
            opened.close()
            raise
        height, width = self._first[1].shape[:2]
        self.size: Final = (width, height)
        self.frame_count: Final = opened.stream.frames or None
        self.stated_s: Final = _stated_length(opened)

    def pictures(self, stopping: threading.Event) -> Iterator[Item]:
        """Yield (seconds, picture (H, W, 3) RGB) in order, then close the container; works once."""
        try:
            for item in chain([self._first], self._items):
                if stopping.is_set():
                    return
                if item is not None:
                    yield item
        finally:
            self.close()

    def sole_picture(self) -> Picture | None:
        """Return the picture (H, W, 3) RGB of what is one, and close it; None where there are several."""
        if not self._is_sole or self._first is None:
            return None
        self.close()
        return self._first[1]

    def close(self) -> None:
        """Close the container; not while `pictures` is at work."""
        self._opened.close()

    def _decode(self, of_packets: Iterable[Packet | None]) -> Iterator[Item | None]:
        """Yield what the packets give, None for each that completes no picture."""
        interval_s = 1.0 / (self.fps or FALLBACK_FPS)
        # Not the frame's own: PyAV forgets it for those that are left in the decoder after damage.
        tick_s = float(self._opened.stream.time_base or 0)
        time_s = -interval_s
        converter: RgbConverter | None = None
        for frames in decoded(self._opened.stream, of_packets, self.damage):
            if not frames:
                yield None
            while frames:
                frame = frames.pop(0)
                stamp = frame.dts if frame.pts is None else frame.pts
                time_s = time_s + interval_s if stamp is None else stamp * tick_s
                self.last_s = min(max(frame.duration, 0) * tick_s, _LONGEST_LAST_S)
                # Only now, as the decoder may know the shape of the pixels where the container does not.
                converter = converter or RgbConverter(self._opened.stream.sample_aspect_ratio)
                item = time_s, converter.convert(frame)
                # Large ones take 200 MB each, and the next one is about to be decoded.
                del frame
                yield item


def _peek(arriving: Iterable[Packet | None], look_s: float | None) -> list[Packet | None]:
    """Return the first packets."""
    begun_s = time.monotonic()
    peeked: list[Packet | None] = []
    peeked_bytes = 0
    for packet in arriving:
        peeked.append(packet)
        peeked_bytes += packet.size if packet is not None else 0
        late = look_s is not None and time.monotonic() - begun_s > look_s
        if late or len(peeked) == _MEASURED or peeked_bytes > _MEASURED_BYTES:
            break
    return peeked


def _first_item(items: Iterator[Item | None]) -> Item | None:
    """Return the first picture with its time; None where there is none within the patience."""
    begun_s = time.monotonic()
    for item in items:
        if item is not None or time.monotonic() - begun_s > _FIRST_PICTURE_S:
            return item
    return None


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

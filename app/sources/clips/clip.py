"""Read the pictures of one clip with their times, once from beginning to end."""

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
from app.sources.clips.decoding import decoded, packets, prepare_decoder
from app.sources.frame_rate import frame_rate
from flame_model.arrays import Picture
from flame_model.errors import SourceError

Item = tuple[float, Picture]
"""Seconds in the file's own time, and the picture (H, W, 3) RGB."""

FALLBACK_FPS = 30.0
_MEASURED = 120
"""Packets from which the rate is measured: four seconds of most clips, read in some milliseconds."""
_MEASURED_BYTES = 16 * 2**20
"""The measurement ends early at this size, because measured packets are kept in memory."""
_LONGEST_LAST_S = 5.0
"""Longest time that the last picture is shown; some recorders give it all the time that was left."""
_FIRST_PICTURE_S = 5.0
"""How long the first picture is waited for where packets arrive but none can be decoded."""


class Clip:
    """Reads the pictures of an open container once; `damage` lists what could not be read."""

    def __init__(self, opened: Opened, name: str, probe_s: float | None = None) -> None:
        """Measure the rate on the first packets and decode the first picture.

        `probe_s` bounds the measurement in seconds for bytes that may arrive no faster than they play. Raises
        SourceError where there is no picture.
        """
        self.damage: Final[set[str]] = set()
        self.last_s = 0.0
        """Seconds that the newest picture is shown, as the file states them; 0 where it does not."""
        self._opened = opened
        try:
            prepare_decoder(opened.stream, name)
            arriving = packets(opened, self.damage)
            peeked = _peek(arriving, probe_s)
            self.fps: Final = _rate(opened, peeked)
            filled = [packet for packet in peeked if packet is not None and packet.size]
            self._is_sole = opened.is_picture_format and len(filled) == 1
            self._items = self._decode(chain(peeked, arriving))
            self._first = _first_item(self._items)
            if self._first is None:
                raise SourceError(
                    f"{name} is a video without a single readable picture; give a complete one."
                )
        except BaseException:
            opened.close()
            raise
        self.start_s: Final = self._first[0]
        """Time of the first picture in the file's own time."""
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
        """Return a sole picture (H, W, 3) RGB and close the container; None where there are several."""
        if not self._is_sole or self._first is None:
            return None
        self.close()
        return self._first[1]

    def close(self) -> None:
        """Close the container; not to be called while `pictures` is iterated."""
        self._opened.close()

    def _decode(self, of_packets: Iterable[Packet | None]) -> Iterator[Item | None]:
        """Yield the packets' pictures with their times, None for each packet that completes no picture."""
        interval_s = 1.0 / (self.fps or FALLBACK_FPS)
        # The stream's time base, because PyAV loses a frame's own where damage leaves it in the decoder.
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
                # After decoding, because the decoder may know the pixel aspect where the container does not.
                converter = converter or RgbConverter(self._opened.stream.sample_aspect_ratio)
                item = time_s, converter.convert(frame)
                # Large pictures take 200 MB each, and the next one is about to be decoded.
                del frame
                yield item


def _peek(arriving: Iterable[Packet | None], probe_s: float | None) -> list[Packet | None]:
    """Return the first packets, for measuring the rate."""
    begun_s = time.monotonic()
    peeked: list[Packet | None] = []
    peeked_bytes = 0
    for packet in arriving:
        peeked.append(packet)
        peeked_bytes += packet.size if packet is not None else 0
        late = probe_s is not None and time.monotonic() - begun_s > probe_s
        if late or len(peeked) == _MEASURED or peeked_bytes > _MEASURED_BYTES:
            break
    return peeked


def _first_item(items: Iterator[Item | None]) -> Item | None:
    """Return the first picture with its time; None where none comes within _FIRST_PICTURE_S."""
    begun_s = time.monotonic()
    for item in items:
        if item is not None or time.monotonic() - begun_s > _FIRST_PICTURE_S:
            return item
    return None


def _rate(opened: Opened, peeked: Iterable[Packet | None]) -> float | None:
    """Return the frames per second measured on the first packets by `frame_rate`."""
    stream = opened.stream
    tick_s = float(stream.time_base or 0)
    stamps = [packet.dts if packet.pts is None else packet.pts for packet in peeked if packet is not None]
    times_s = [stamp * tick_s for stamp in stamps if stamp is not None]
    stated = [float(rate) for rate in (stream.average_rate, stream.guessed_rate) if rate]
    return frame_rate(times_s, stated, tick_s)


def _stated_length(opened: Opened) -> float:
    """Return the seconds of pictures that the file states; 0 where it does not."""
    container, stream = opened.container, opened.stream
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    # Without a length of its own the stream is as long as the file, unless sound may go on without pictures.
    if container.duration is not None and not container.streams.audio:
        return container.duration / av.time_base
    return 0.0

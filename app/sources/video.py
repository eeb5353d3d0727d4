"""A clip: every picture of a video file or of a finite video at an address."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.stream import VideoStream

from app.sources.contract import Playback, Source, SourceItem, SourceNotice
from app.sources.decoding import RgbConverter, TimeoutPair, decode, open_container
from app.sources.playing import play
from flame_model.errors import SourceError
from mappings.frames import Frame

_FALLBACK_FPS = 30.0
_WHOLE = 0.9
"""A clip shorter than this share of what it states was cut; less is the rounding of containers."""


class VideoSource(Source):
    """Play a clip by its own timestamps, upright; a damaged one plays what it has and then says so."""

    def __init__(
        self, address: str, name: str, playback: Playback, timeout: TimeoutPair | None = None
    ) -> None:
        """Open the clip and decode its first picture; raises SourceError where there is none."""
        self.name = name
        self.is_camera = False
        self._address = address
        self._playback = playback
        self._timeout = timeout
        self._stopping = threading.Event()
        self._damage: set[str] = set()
        self._read_head()

    def _read_head(self) -> None:
        """Fill in what the file states and the size of its first picture as it will be shown."""
        container, stream = open_container(self._address, self.name, timeout=self._timeout)
        with container:
            rate = stream.average_rate or stream.guessed_rate
            self.fps = float(rate) if rate else None
            self.frame_count = stream.frames or None
            self._stated_s = _stated_length(container, stream)
            first = next(decode(container, stream, set()), None)
            if first is None:
                raise SourceError(f"{self.name} is a video without a single readable picture.")
            sideways = first.rotation % 180 != 0
            self.size = (first.height, first.width) if sideways else (first.width, first.height)

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield frames; after the last one a notice where the clip was damaged or shorter than it states."""
        interval_s = 1.0 / (self.fps or _FALLBACK_FPS)
        index, time_s = -1, 0.0
        for index, time_s, image in play(self._round, self._playback, self._stopping, interval_s):
            yield Frame(index, time_s, image)
        if self._stopping.is_set():
            return
        if self._damage:
            yield SourceNotice(f"{self.name} is damaged: {index + 1} pictures could be read.")
        elif time_s + interval_s < _WHOLE * self._stated_s:
            there = f"{time_s + interval_s:.1f} of {self._stated_s:.1f} seconds are there"
            yield SourceNotice(f"{self.name} ends early: {there}, {index + 1} pictures.")

    def _round(self) -> Iterator[tuple[float, npt.NDArray[np.uint8]]]:
        """Decode the clip once from its beginning."""
        container, stream = open_container(self._address, self.name, timeout=self._timeout)
        with container:
            # Frame and slice threads together: 0.7 ms a 512x512 picture with conversion on 2 cores.
            stream.thread_type = "AUTO"
            converter = RgbConverter()
            interval_s = 1.0 / (self.fps or _FALLBACK_FPS)
            for count, frame in enumerate(decode(container, stream, self._damage)):
                yield (count * interval_s if frame.time is None else frame.time), converter.convert(frame)

    def close(self) -> None:
        """End the iteration after the picture it is working on; the file is closed with it."""
        self._stopping.set()


def _stated_length(container: InputContainer, stream: VideoStream) -> float:
    """Return the seconds of pictures the file says it holds; 0 where it does not say."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    # Without one of its own the whole file's length counts, unless sound may go on without pictures.
    if container.duration is not None and not container.streams.audio:
        return container.duration / av.time_base
    return 0.0

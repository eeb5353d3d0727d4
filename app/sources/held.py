"""A picture held still."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from app.sources.contract import Playback, Source, SourceItem
from app.sources.playing import play
from mappings.frames import Frame

_FPS = 30.0


class HeldSource(Source):
    """Give one picture: 30 times a second without end when live or looped, else once."""

    def __init__(self, name: str, picture: npt.NDArray[np.uint8], playback: Playback) -> None:
        """Take the picture (H, W, 3) RGB."""
        self.name = name
        self.is_camera = False
        self.fps: float | None = _FPS
        self.size = (picture.shape[1], picture.shape[0])
        self._picture = picture
        endless = playback.live or playback.loop
        self.frame_count = None if endless else 1
        self._playback = Playback(playback.live, endless, playback.clock, playback.sleep)
        self._stopping = threading.Event()

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield the same picture again and again, or once."""
        once = [(0.0, self._picture)]
        for index, time_s, picture in play(lambda: iter(once), self._playback, self._stopping, 1.0 / _FPS):
            yield Frame(index, time_s, picture)

    def close(self) -> None:
        """End the iteration."""
        self._stopping.set()

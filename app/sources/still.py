"""A picture held still."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from app.sources.contract import Playback, Source, SourceItem
from app.sources.picture_pixels import Pixels
from app.sources.playing import play
from mappings.frames import Frame

_FPS = 30.0


class StillSource(Source):
    """Give one picture: 30 times a second without end when live or looped, else once."""

    def __init__(self, name: str, image: Pixels, playback: Playback) -> None:
        """Take the picture (H, W, 3), RGB."""
        self.name = name
        self.is_camera = False
        self.fps: float | None = _FPS
        self.size = (image.shape[1], image.shape[0])
        self._image = image
        self._endless = playback.live or playback.loop
        self.frame_count = None if self._endless else 1
        self._playback = replace(playback, loop=self._endless)
        self._stopping = threading.Event()

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield the same picture again and again, or once."""
        once = [(0.0, self._image)]
        for index, time_s, image in play(lambda: iter(once), self._playback, self._stopping, 1.0 / _FPS):
            yield Frame(index, time_s, image)

    def close(self) -> None:
        """End the iteration."""
        self._stopping.set()

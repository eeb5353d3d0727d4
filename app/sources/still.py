"""Give one still picture as a source: repeated without end, or once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from app.sources.contract import Source, SourceItem
from app.sources.playback import Playback, play
from flame_model.arrays import Picture
from mappings.frames import Frame

_FPS = 30.0


class StillSource(Source):
    """Yields one picture 30 times a second without end where played live or in a loop, else once."""

    def __init__(self, name: str, picture: Picture, playback: Playback) -> None:
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
        """Yield the picture."""
        once = [(0.0, self._picture)]
        for index, time_s, picture in play(lambda: iter(once), self._playback, self._stopping, 1.0 / _FPS):
            yield Frame(index, time_s, picture)

    def close(self) -> None:
        """End the iteration."""
        self._stopping.set()

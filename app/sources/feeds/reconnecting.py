"""A live source over a camera or stream, which it opens again every second after a loss."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from app.sources.contract import Source, SourceItem, SourceLost
from app.sources.playback import Playback, wait_until
from flame_model.arrays import Picture
from flame_model.errors import SourceError
from mappings.frames import Frame

FIRST_PICTURE_S = 5.0
"""How long an opened feed may take to give its first picture; webcams warm up."""
LOST_AFTER_S = 0.5
"""How long a feed may give no picture before it counts as lost; single failed attempts are not a loss."""
RETRY_S = 1.0
"""Seconds before each attempt to open a lost feed again."""
_NEXT_ATTEMPT_S = 0.02
"""Seconds before the next attempt to get a picture from an open feed that gave none."""
_SMALLEST_STEP_S = 1e-4
"""Least difference between the times of two frames where the clock does not rise."""


class Feed(Protocol):
    """An open camera or stream."""

    fps: float | None

    def next_picture(self) -> Picture | None:
        """Wait for the next picture, (H, W, 3) RGB; None where this attempt gave none."""
        ...

    def close(self) -> None:
        """Release the camera or connection."""
        ...


class LiveSource(Source):
    """Yields frames as a feed gives them; played live, it opens a lost feed again."""

    def __init__(
        self,
        name: str,
        open_feed: Callable[[], Feed],
        playback: Playback,
        *,
        is_camera: bool,
        no_picture: str,
    ) -> None:
        """Open the feed and wait for its first picture; raises SourceError where either fails.

        `open_feed` raises SourceError where there is nothing to open. `no_picture` is the sentence for a feed
        that opens but gives no picture.
        """
        self.name = name
        self.is_camera = is_camera
        self.frame_count = None
        self._open_feed = open_feed
        self._playback = playback
        self._stopping = threading.Event()
        self._iterating = threading.Lock()
        self._feed: Feed | None = open_feed()
        self.fps = self._feed.fps
        self._start_s = playback.clock()
        first = self._next_picture(FIRST_PICTURE_S)
        if first is None:
            self._release()
            raise SourceError(no_picture)
        self._first = Frame(0, 0.0, first)
        self._start_s = playback.clock()
        self.size = (first.shape[1], first.shape[0])

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield frames; when the feed is lost `SourceLost`, then frames again as soon as it is back."""
        with self._iterating:
            try:
                yield from self._items()
            finally:
                self._release()

    def _items(self) -> Iterator[SourceItem]:
        """Count and time the pictures; a frame's time is the clock's since the source was opened."""
        frame = self._first
        yield frame
        while not self._stopping.is_set():
            image = self._next_picture(LOST_AFTER_S)
            if image is None and not self._stopping.is_set():
                if not self._playback.live:
                    yield SourceLost(f"{self.name} gives no picture any more.")
                    return
                yield SourceLost(f"{self.name} gives no picture; trying again every second.")
                image = self._reconnect()
            if image is None:
                return
            elapsed_s = self._playback.clock() - self._start_s
            frame = Frame(frame.index + 1, max(elapsed_s, frame.time_s + _SMALLEST_STEP_S), image)
            yield frame

    def _next_picture(self, patience_s: float) -> Picture | None:
        """Return the next picture, or None after `patience_s` without one."""
        clock = self._playback.clock
        give_up_s = clock() + patience_s
        while self._feed is not None and not self._stopping.is_set():
            image = self._feed.next_picture()
            if image is not None:
                return image
            if clock() >= give_up_s:
                return None
            wait_until(clock() + _NEXT_ATTEMPT_S, self._playback, self._stopping)
        return None

    def _reconnect(self) -> Picture | None:
        """Open the feed again every second until it gives a picture; None where the source was closed."""
        while not self._stopping.is_set():
            self._release()
            wait_until(self._playback.clock() + RETRY_S, self._playback, self._stopping)
            try:
                self._feed = self._open_feed()
            except SourceError:
                continue
            image = self._next_picture(LOST_AFTER_S)
            if image is not None:
                return image
        return None

    def _release(self) -> None:
        if self._feed is not None:
            self._feed.close()
            self._feed = None

    def close(self) -> None:
        """End the iteration, which closes the feed; where nothing iterates, the feed is closed here."""
        self._stopping.set()
        if self._iterating.acquire(blocking=False):
            try:
                self._release()
            finally:
                self._iterating.release()

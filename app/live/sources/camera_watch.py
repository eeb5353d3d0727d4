"""Notice cameras that are connected while the program runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.system.daemon import Daemon

if TYPE_CHECKING:
    # Importing OpenCV takes a while, which the window does not wait for.
    from app.sources.feeds.camera import Camera

PERIOD_S = 2.0
"""Seconds between two looks."""


def listed_cameras() -> Sequence[Camera]:
    """Return the cameras of this machine."""
    from app.sources.feeds.camera import list_cameras

    return list_cameras()


class CameraWatch:
    """Lists the cameras every PERIOD_S, from `start` to `close`, on a thread: listing them may take long."""

    def __init__(
        self, lister: Callable[[], Sequence[Camera]] = listed_cameras, period_s: float = PERIOD_S
    ) -> None:
        self.cameras: Sequence[Camera] | None = None
        """The cameras at the last look, None before the first."""
        self._lister = lister
        self._period_s = period_s
        self._stopping = threading.Event()
        self._started = False
        self._known: Sequence[Camera] | None = None

    def start(self) -> None:
        """Begin to look; a second call does nothing."""
        if not self._started:
            self._started = True
            Daemon("cameras", self._watch).start()

    def connected(self) -> list[Camera]:
        """Return the cameras that were connected since the last call; those of the first look are none."""
        now = self.cameras
        before, self._known = self._known, now
        return [] if now is None or before is None else [camera for camera in now if camera not in before]

    def close(self) -> None:
        """End the thread after the look under way."""
        self._stopping.set()

    def _watch(self) -> None:
        while not self._stopping.is_set():
            self.cameras = self._lister()
            self._stopping.wait(self._period_s)

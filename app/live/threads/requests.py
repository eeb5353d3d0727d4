"""Requests of the window to the tracking thread, such as mirroring or recentring."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from app.pipeline.observer import Observer
from mappings.motion.driver import Driver

if TYPE_CHECKING:
    from app.live.threads.animating import LiveFrame


Request = Callable[[Observer, Driver], object]
"""A function that changes observer or driver; a driver that it returns replaces the one before."""


class Requests:
    """A queue of functions that the main thread sends to the owner of observer and driver."""

    def __init__(self) -> None:
        self._requests: SimpleQueue[Request] = SimpleQueue()
        self.held: LiveFrame | None = None
        """The frame that requests change while the window is paused; None while it shows new frames."""

    def ask(self, request: Request) -> None:
        """Have `request` called between two frames."""
        self._requests.put(request)

    def apply(self, observer: Observer, driver: Driver) -> Driver | None:
        """Call all requests that are waiting; return the driver to use then, None where there were none."""
        applied = None
        while True:
            try:
                request = self._requests.get_nowait()
            except Empty:
                return applied
            answer = request(observer, driver)
            driver = applied = answer if isinstance(answer, Driver) else driver

"""What the person asks of the performing stage."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from app.pipeline.observer import Observer
from mappings.motion.driver import Driver

if TYPE_CHECKING:
    from app.live.threads.animating import LiveFrame


class Requests:
    """Carry what the person asks of the stage from the main thread to the stage's own."""

    def __init__(self) -> None:
        self._requests: SimpleQueue[Callable[[Observer, Driver], object]] = SimpleQueue()
        self.held: LiveFrame | None = None
        """What requests are to change instead of the next frames, None while those are shown."""

    def ask(self, request: Callable[[Observer, Driver], object]) -> None:
        """Have `request` called between two frames."""
        self._requests.put(request)

    def apply(self, observer: Observer, driver: Driver) -> bool:
        """Call everything that was asked for; return whether anything was."""
        followed = False
        while True:
            try:
                request = self._requests.get_nowait()
            except Empty:
                return followed
            request(observer, driver)
            followed = True

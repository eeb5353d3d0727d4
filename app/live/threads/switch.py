"""Change the source while a run goes on: the next one opens beside the present one, then replaces it."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.live.threads.animating import LiveFrame
from app.live.threads.requests import Request
from app.live.threads.slot import SlotClosed
from app.live.threads.workers import JOIN_S, Workers
from app.sources import Source


class SourceSwitch:
    """The workers of the source that is shown, and those of the next one while it opens.

    Each source has workers, a tracker and a driver of its own, so that nothing of one person stays with the
    next, and threads that hang in a camera's driver hold up nothing. Use it from the main thread.
    """

    def __init__(self, first: Workers, workers_of: Callable[[str], Workers]) -> None:
        """Begin with the workers of the first source; `workers_of` makes those of the source it names."""
        self._next: Workers | None = first
        self._current: Workers | None = None
        self._workers_of = workers_of
        self._ended: list[Workers] = []
        self._dropped = 0

    def change(self, spec: str) -> None:
        """Begin to open the source that `spec` names, in place of one that is still opening."""
        if self._next is not None:
            self._end(self._next)
        self._next = self._workers_of(spec)

    def advance(self) -> Source | None:
        """Return the next source where it has just replaced the present one, else None.

        Raises what kept the next source from opening; the present one then goes on.
        """
        following = self._next
        if following is None:
            return None
        try:
            source = following.ready
        except BaseException:
            self._next = None
            self._end(following)
            raise
        if source is not None:
            if self._current is not None:
                self._end(self._current)
            self._current, self._next = following, None
            following.start()
        return source

    def take(self, timeout_s: float) -> LiveFrame | None:
        """Wait for the newest live frame and take it, or return None after `timeout_s`.

        Raises SlotClosed where the present source has ended and no other one is opening, or the exception
        that ended a worker.
        """
        if self._current is not None:
            try:
                return self._current.live_frames.take(timeout_s)
            except SlotClosed:
                self._current.raise_failure()
                if self._next is None:
                    raise
        time.sleep(timeout_s)
        return None

    def ask(self, request: Request) -> None:
        """Have `request` called between two frames of the present source, or of the first one."""
        asked = self._current or self._next
        if asked is not None:
            asked.requests.ask(request)

    def hold(self, frame: LiveFrame | None) -> None:
        """Keep the frame that requests change, None for the newest."""
        if self._current is not None:
            self._current.requests.held = frame

    @property
    def awaited(self) -> str:
        """What the source that is opening waits for, "" where none is."""
        return "" if self._next is None else self._next.awaited

    @property
    def dropped(self) -> int:
        """Number of frames of all sources that newer ones replaced on their way to the screen."""
        return self._dropped + (0 if self._current is None else self._current.dropped)

    def stop(self) -> None:
        """End all threads and wait for them up to JOIN_S."""
        for workers in (self._next, self._current):
            if workers is not None:
                self._end(workers)
        self._next = self._current = None
        give_up_s = time.monotonic() + JOIN_S
        for workers in self._ended:
            workers.join(give_up_s - time.monotonic())

    def _end(self, workers: Workers) -> None:
        """End workers without waiting for them; the tracker of their source closes on their own thread."""
        workers.end()
        self._dropped += workers.dropped
        self._ended = [*(each for each in self._ended if not each.join(0.0)), workers]

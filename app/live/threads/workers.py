"""Start and stop the capture and the tracking thread of a live run."""

from __future__ import annotations

from collections.abc import Callable

from app.live.threads.animating import LiveFrame, animate_live, seen_by
from app.live.threads.capture import CapturedItem, capture
from app.live.threads.requests import Requests
from app.live.threads.slot import Slot
from app.live.threads.startup import Startup
from app.live.threads.worker import Worker
from app.live.timing_stats import Stats
from app.sources import Source
from flame_model.notices import Say
from mappings.motion.driver import Driver

JOIN_S = 0.7
"""Longest wait for both threads at the end, so that quitting takes at most a second. A thread that hangs in a
camera's driver is left behind."""


class Workers:
    """The capture and the tracking worker; they run until the source ends, one fails, or `end`."""

    def __init__(
        self,
        startup: Startup,
        driver: Driver,
        stats: Stats,
        say: Say,
        clock: Callable[[], float],
        *,
        see: Callable[[LiveFrame], object] = lambda _: None,
    ) -> None:
        """Take what the threads need; `see` is called on the tracking thread with every animated frame."""
        self.requests = Requests()
        self.live_frames: Slot[LiveFrame] = Slot()
        self._captured: Slot[CapturedItem] = Slot()
        self._startup = startup
        self._clock = clock
        captured = capture(startup.source, startup.wait, stats.source, say, clock)
        live_frames = animate_live(
            self._captured, startup.take_observer, driver, self.requests, rate=stats.track, clock=clock
        )
        self._workers = (
            Worker("capture", captured, self._captured),
            Worker("track", seen_by(see, live_frames), self.live_frames, upstream=self._captured),
        )

    @property
    def ready(self) -> Source | None:
        """The source once it can be tracked, else None. Raises SourceError or TrackerBundleError."""
        return self._startup.ready

    @property
    def awaited(self) -> str:
        """What the first frame waits for."""
        return self._startup.awaited

    @property
    def dropped(self) -> int:
        """Number of frames that newer ones replaced on their way to the screen."""
        return self._captured.dropped + self.live_frames.dropped

    def start(self) -> None:
        """Start both threads; call this when the window can show their frames."""
        for worker in self._workers:
            worker.start()

    def raise_failure(self) -> None:
        """Raise the exception that ended a worker, where there is one."""
        for worker in self._workers:
            if worker.error is not None:
                raise worker.error

    def end(self) -> None:
        """End both threads without waiting for them."""
        self._captured.close()
        self.live_frames.close()
        self._startup.close()

    def join(self, timeout_s: float) -> bool:
        """Wait up to `timeout_s` for both threads to end; return whether they have."""
        give_up_s = self._clock() + timeout_s
        ended = [worker.join(max(0.0, give_up_s - self._clock())) for worker in self._workers]
        return all(ended)

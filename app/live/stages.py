"""The two threads beside the main one, and the slots between the three."""

from __future__ import annotations

from collections.abc import Callable

from app.live.capture import Captured, capture
from app.live.direction import Direction
from app.live.performing import Performed, perform_live
from app.live.slot import Slot
from app.live.stage import Stage
from app.live.startup import Startup
from app.sources import Source
from app.stats import Stats
from mappings.driver import Driver

JOIN_S = 0.7
"""A thread that hangs, as in a camera's driver, is left behind after this: whoever quits waits a second."""


class Stages:
    """Run capture and performing until the source ends, one of them fails, or `stop`."""

    def __init__(
        self,
        startup: Startup,
        driver: Driver,
        stats: Stats,
        say: Callable[[str], object],
        clock: Callable[[], float],
    ) -> None:
        self.direction = Direction()
        self.performed: Slot[Performed] = Slot()
        self._captured: Slot[Captured] = Slot()
        self._startup = startup
        self._clock = clock
        captured = capture(startup.source, startup.wait, stats.source, say, clock)
        performed = perform_live(
            self._captured, startup.take_observer, driver, self.direction, rate=stats.track, clock=clock
        )
        self._stages = (
            Stage("capture", captured, self._captured),
            Stage("perform", performed, self.performed, upstream=self._captured),
        )

    @property
    def source_name(self) -> str:
        """What to call the source, whether it is open or not."""
        return self._startup.source_name

    @property
    def source(self) -> Source | None:
        """The source once it is open; raises SourceError."""
        return self._startup.opened

    @property
    def dropped(self) -> int:
        """Frames that were replaced by newer ones on their way to the screen."""
        return self._captured.dropped + self.performed.dropped

    def start(self) -> None:
        """Start both threads; call it when the window can show what they give."""
        for stage in self._stages:
            stage.start()

    def raise_failure(self) -> None:
        """Raise what ended a stage, if anything did."""
        for stage in self._stages:
            if stage.error is not None:
                raise stage.error

    def stop(self) -> None:
        """End both threads; wait for them, but not for one that hangs."""
        self._captured.close()
        self.performed.close()
        self._startup.close()
        give_up_s = self._clock() + JOIN_S
        for stage in self._stages:
            stage.join(max(0.0, give_up_s - self._clock()))

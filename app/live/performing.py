"""The tracking-and-mapping stage: captured items in, what the head does out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from app.live.capture import Captured
from app.live.slot import Slot, SlotClosed
from app.observer import Image, Observer
from app.sources import SourceLost
from app.stats import Rate
from flame_model.params import HeadParams
from mappings.driver import Driver
from mappings.frames import FaceObservation

LOST_STEP_S = 1 / 30
"""While the source is lost the head goes on moving at this pace, ..."""
LOST_STEPS = 30
"""... until it is at rest and nothing has to be drawn any more."""


@dataclass(frozen=True, slots=True)
class Performed:
    """Hold what to draw."""

    captured_s: float
    image: Image | None
    """(H, W, 3) RGB; the last one while the source is lost, None from a take."""
    observation: FaceObservation | None
    params: HeadParams
    lost: str
    """Why there are no pictures; empty while there are."""
    tracker_ms: float
    mapping_ms: float


class Direction:
    """Carry what the person asks of the stage from the main thread to the stage's own."""

    def __init__(self) -> None:
        self._requests: SimpleQueue[Callable[[Observer, Driver], object]] = SimpleQueue()

    def ask(self, request: Callable[[Observer, Driver], object]) -> None:
        """Have `request` called between two frames."""
        self._requests.put(request)

    def follow(self, observer: Observer, driver: Driver) -> None:
        """Call everything that was asked for."""
        while True:
            try:
                request = self._requests.get_nowait()
            except Empty:
                return
            request(observer, driver)


def perform_live(
    captured: Slot[Captured],
    open_observer: Callable[[], Observer],
    driver: Driver,
    direction: Direction,
    *,
    rate: Rate,
    clock: Callable[[], float],
) -> Iterator[Performed]:
    """Yield the performance of the newest item again and again until the slot is closed.

    `open_observer` is called on this stage's thread, where the tracker has to be made and used.
    """
    observer = open_observer()
    if observer.mirror:
        driver.mirror()
    image: Image | None = None
    lost, steps_left = "", 0
    while True:
        try:
            received = captured.take(LOST_STEP_S if steps_left else None)
        except SlotClosed:
            return
        direction.follow(observer, driver)
        begun_s = clock()
        observation, tracker_ms, captured_s = None, 0.0, begun_s
        if received is None:
            steps_left -= 1
        elif isinstance(received.item, SourceLost):
            lost, steps_left = received.item.text, LOST_STEPS
        else:
            seen = observer.observe(received.item)
            lost, steps_left, captured_s = "", 0, received.captured_s
            image, observation, tracker_ms = seen.image, seen.observation, seen.tracker_ms
            rate.tick(clock())
        mapping_begun_s = clock()
        params = driver.step(observation, captured_s)
        mapping_ms = 1e3 * (clock() - mapping_begun_s)
        yield Performed(captured_s, image, observation, params, lost, tracker_ms, mapping_ms)

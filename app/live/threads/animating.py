"""The tracking-and-mapping stage: captured items in, what the head does out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from app.live.stats import Rate
from app.live.threads.capture import CapturedItem
from app.live.threads.requests import Requests
from app.live.threads.slot import Slot, SlotClosed
from app.pipeline.observer import Observer
from app.sources import SourceLost, TakeFrame
from flame_model.arrays import Picture
from flame_model.params import HeadParams
from mappings.frames import FaceObservation, Frame
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver

STEP_S = 1 / 30
"""Without new frames (the source is lost, or a picture is held) the head goes on moving at this pace, ..."""
STEPS = 30
"""... until it is at rest and nothing has to be drawn any more."""


@dataclass(frozen=True, slots=True)
class LiveFrame:
    """Hold what to draw."""

    captured_s: float
    image: Picture | None
    """(H, W, 3) RGB; the last one while the source is lost, None from a take."""
    observation: FaceObservation | None
    params: HeadParams
    lost: str
    """Why there are no pictures; empty while there are."""
    tracker_ms: float
    mapping_ms: float
    mirrored: bool = False
    """Whether image and observation are as in a mirror."""
    fresh: bool = True
    """Whether this shows a frame that has just come, neither a lost source nor a held picture."""


def animate_live(
    captured: Slot[CapturedItem],
    open_observer: Callable[[], Observer],
    driver: Driver,
    requests: Requests,
    *,
    rate: Rate,
    clock: Callable[[], float],
) -> Iterator[LiveFrame]:
    """Yield the performance of the newest item again and again until the slot is closed.

    While a picture is held, that one again after every request, until the head has followed. `open_observer`
    is called on this stage's thread, where the tracker is used and closed.
    """
    with closing(open_observer()) as observer:
        if observer.mirror:
            driver.mirror()
        animator = _Animator(observer, driver, rate, clock)
        while True:
            try:
                received = captured.take(STEP_S)
            except SlotClosed:
                return
            animator.hold(requests.held)
            asked = requests.apply(observer, driver)
            live_frame = animator.next(received, asked)
            if live_frame is not None:
                yield live_frame


class _Animator:
    """Turn what is received into what the head does, also where nothing is received."""

    def __init__(self, observer: Observer, driver: Driver, rate: Rate, clock: Callable[[], float]) -> None:
        self._observer = observer
        self._driver = driver
        self._rate = rate
        self._clock = clock
        self._held: LiveFrame | None = None
        self._last: LiveFrame | None = None
        self._lost = ""
        self._steps_left = 0

    def hold(self, held: LiveFrame | None) -> None:
        """Keep to one performance from now on, None for the newest."""
        if held is not None and held is not self._held:
            self._steps_left = 0
            # Requests are about the face that is seen, and the driver may be a frame ahead of it.
            self._driver.follow(held.observation, self._clock())
        self._held = held

    def next(self, received: CapturedItem | None, asked: bool) -> LiveFrame | None:
        """Return what to draw, None where nothing has changed; `asked` says that a request was followed."""
        self._steps_left = STEPS if asked else self._steps_left
        if self._held is not None:
            return self._go_on(*self._as_seen_now(self._held), self._held.lost)
        if received is not None:
            if not isinstance(received.item, SourceLost):
                return self._follow(received.item, received.captured_s)
            self._lost, self._steps_left = received.item.text, STEPS
        image = None if self._last is None else self._as_seen_now(self._last)[0]
        return self._go_on(image, None, self._lost)

    def _follow(self, item: Frame | TakeFrame, captured_s: float) -> LiveFrame:
        """Observe a frame and move the head by it."""
        seen = self._observer.observe(item)
        begun_s = self._clock()
        self._rate.tick(begun_s)
        params = self._driver.follow(seen.observation, captured_s)
        mapping_ms = 1e3 * (self._clock() - begun_s)
        self._lost, self._steps_left = "", 0
        self._last = LiveFrame(
            captured_s=captured_s,
            image=seen.image,
            observation=seen.observation,
            params=params,
            lost="",
            tracker_ms=seen.tracker_ms,
            mapping_ms=mapping_ms,
            mirrored=self._observer.mirror,
        )
        return self._last

    def _go_on(
        self, image: Picture | None, observation: FaceObservation | None, lost: str
    ) -> LiveFrame | None:
        """Move the head on without a new frame, None where it has come to rest."""
        if not self._steps_left:
            return None
        self._steps_left -= 1
        now_s = self._clock()
        params, mirrored = self._driver.follow(observation, now_s), self._observer.mirror
        return LiveFrame(now_s, image, observation, params, lost, 0.0, 0.0, mirrored, fresh=False)

    def _as_seen_now(self, held: LiveFrame) -> tuple[Picture | None, FaceObservation | None]:
        """Return image and observation of what is held, the other way round where mirroring has changed."""
        image, observation = held.image, held.observation
        if held.mirrored != self._observer.mirror:
            image = None if image is None else image[:, ::-1]
            observation = None if observation is None else mirror_observation(observation)
        return image, observation

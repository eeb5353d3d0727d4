"""The tracking step: observe the newest captured item and animate the head, also while nothing new comes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from app.live.threads.capture import CapturedItem
from app.live.threads.requests import Requests
from app.live.threads.slot import Slot, SlotClosed
from app.live.timing_stats import Rate
from app.pipeline.animated_frames import AnimatedFrame
from app.pipeline.observer import Observer
from app.sources import SourceLost, TakeFrame
from flame_model.arrays import Picture
from mappings.adjusting.adjuster import SeenSignals
from mappings.frames import FaceObservation, Frame
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver

STEP_S = 1 / 30
"""Time between animated frames while no new pictures come: the source is lost, or a frame is held."""
STEPS = 30
"""Number of such frames: after one second the head is at rest and nothing has to be drawn any more."""


@dataclass(frozen=True, slots=True)
class LiveFrame(AnimatedFrame):
    """An animated frame for the window; its `time_s` is the capture time in the run's clock.

    While the source is lost, `image` is the last picture and `observation` is None.
    """

    mapping_ms: float = 0.0
    """Time the driver took, milliseconds."""
    lost: str = ""
    """Why no pictures come; empty while they do."""
    mirrored: bool = False
    """Whether image and observation are mirrored."""
    driver: Driver | None = None
    """What made the parameters; None where that does not matter."""
    fresh: bool = True
    """True for a new picture; False while the source is lost or a frame is held."""
    seen: SeenSignals | None = None
    """The signals as they were tracked and as the head shows them."""


def animate_live(
    captured: Slot[CapturedItem],
    open_observer: Callable[[], Observer],
    driver: Driver,
    requests: Requests,
    *,
    rate: Rate,
    clock: Callable[[], float],
) -> Generator[LiveFrame, None, None]:
    """Yield the newest captured item, observed and animated, until the slot is closed.

    While a frame is held, that frame is yielded after every request, until the head has come to rest in its
    new pose. `open_observer` is called on this generator's thread, where the tracker is used and closed.
    `rate` counts the tracked frames.
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
            changed = requests.apply(observer, animator.driver)
            animator.driver = changed or animator.driver
            live_frame = animator.next(received, changed is not None)
            if live_frame is not None:
                yield live_frame


def seen_by(
    see: Callable[[LiveFrame], object], live_frames: Generator[LiveFrame, None, None]
) -> Iterator[LiveFrame]:
    """Yield live frames, each after `see` was called with it: also those that a newer one will replace."""
    with closing(live_frames):
        for live_frame in live_frames:
            see(live_frame)
            yield live_frame


class _Animator:
    """Makes LiveFrames from captured items, and further ones while no items come and the head still moves."""

    def __init__(self, observer: Observer, driver: Driver, rate: Rate, clock: Callable[[], float]) -> None:
        self._observer = observer
        self.driver = driver
        self._rate = rate
        self._clock = clock
        self._held: LiveFrame | None = None
        self._last: LiveFrame | None = None
        self._lost = ""
        self._steps_left = 0

    def hold(self, held: LiveFrame | None) -> None:
        """Keep to one frame, None for the newest."""
        if held is not None and held is not self._held:
            self._steps_left = 0
            # The driver may be a frame ahead, and requests are about the face that the window shows.
            self.driver.follow(held.observation, self._clock())
        self._held = held

    def next(self, received: CapturedItem | None, asked: bool) -> LiveFrame | None:
        """Return the frame to draw, None where nothing changes; `asked` is whether requests were applied."""
        self._steps_left = STEPS if asked else self._steps_left
        if self._held is not None:
            image, observation = self._mirrored_alike(self._held)
            return self._go_on(image, observation, self._held.lost)
        if received is not None:
            if not isinstance(received.item, SourceLost):
                return self._follow(received.item, received.captured_s)
            self._lost, self._steps_left = received.item.text, STEPS
        image, observation = (None, None) if self._last is None else self._mirrored_alike(self._last)
        # While a take is paused, what was asked is about the frame that is still shown.
        return self._go_on(image, None if self._lost else observation, self._lost)

    def _follow(self, item: Frame | TakeFrame, captured_s: float) -> LiveFrame:
        """Observe a new item and animate the head by it."""
        observed = self._observer.observe(item)
        begun_s = self._clock()
        self._rate.tick(begun_s)
        params = self.driver.follow(observed.observation, captured_s)
        mapping_ms = 1e3 * (self._clock() - begun_s)
        self._lost, self._steps_left = "", 0
        self._last = LiveFrame(
            time_s=captured_s,
            image=observed.image,
            observation=observed.observation,
            tracker_ms=observed.tracker_ms,
            params=params,
            mapping_ms=mapping_ms,
            mirrored=self._observer.mirror,
            seen=self.driver.seen,
            driver=self.driver,
        )
        return self._last

    def _go_on(
        self, image: Picture | None, observation: FaceObservation | None, lost: str
    ) -> LiveFrame | None:
        """Animate the head without a new item, None where it is at rest."""
        if not self._steps_left:
            return None
        self._steps_left -= 1
        now_s = self._clock()
        params = self.driver.follow(observation, now_s)
        return LiveFrame(
            time_s=now_s,
            image=image,
            observation=observation,
            tracker_ms=0.0,
            params=params,
            lost=lost,
            mirrored=self._observer.mirror,
            driver=self.driver,
            fresh=False,
            seen=self.driver.seen,
        )

    def _mirrored_alike(self, frame: LiveFrame) -> tuple[Picture | None, FaceObservation | None]:
        """Return image and observation of a frame, mirrored where mirroring was switched after it."""
        image, observation = frame.image, frame.observation
        if frame.mirrored != self._observer.mirror:
            image = None if image is None else image[:, ::-1]
            observation = None if observation is None else mirror_observation(observation)
        return image, observation

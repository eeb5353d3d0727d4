"""From one item of a source to what is seen in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.sources.contract import TakeFrame
from flame_model.arrays import Picture
from mappings.frames import FaceObservation, Frame
from mappings.mirror import mirror_observation

if TYPE_CHECKING:
    # Importing MediaPipe takes half a second, which a take does not need.
    from mappings.tracking.people.person_finder import Seen
    from mappings.tracking.people.person_tracker import PersonTracker


@dataclass(frozen=True, slots=True)
class ObservedFrame:
    """Hold one frame and what was seen in it."""

    time_s: float
    """In the source's clock."""
    image: Picture | None
    """(H, W, 3) RGB, turned and mirrored as the observation is; None from a take."""
    observation: FaceObservation | None
    tracker_ms: float


class Observer:
    """Observe the items of one source in order, on one thread; `close` it before the interpreter ends."""

    def __init__(
        self,
        tracker: PersonTracker | None,
        mirror: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Take the tracker for pictures; None is enough for takes, which bring their observations."""
        self.mirror = mirror
        self._tracker = tracker
        self._clock = clock

    def close(self) -> None:
        """Release the tracker; a second call does nothing."""
        if self._tracker is not None:
            self._tracker.close()

    def toggle_mirror(self) -> None:
        """Mirror from the next item on, or stop mirroring."""
        self.mirror = not self.mirror

    def observe(self, item: Frame | TakeFrame) -> ObservedFrame:
        """Return what is seen in `item`, as in a mirror when `mirror` is set."""
        begun_s = self._clock()
        if isinstance(item, TakeFrame):
            image, observation = None, item.observation
        else:
            image, observation = self._track(item)
        if self.mirror:
            image = None if image is None else image[:, ::-1]
            observation = None if observation is None else mirror_observation(observation)
        return ObservedFrame(item.time_s, image, observation, 1e3 * (self._clock() - begun_s))

    def _track(self, frame: Frame) -> Seen:
        if self._tracker is None:
            raise ValueError("a source with pictures needs a tracker")
        return self._tracker.observe(frame)

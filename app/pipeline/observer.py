"""Observe the items of a source: track its pictures, or take over the observations of a take."""

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
    """One frame of a source with its observation."""

    time_s: float
    """Seconds in the source's clock; a LiveFrame has the capture time in the run's clock."""
    image: Picture | None
    """(H, W, 3) RGB, turned and mirrored like the observation; None from a take."""
    observation: FaceObservation | None
    """None where no face was found."""
    tracker_ms: float
    """Time the observation took, milliseconds."""


class Observer:
    """Tracks the items of one source in order, on one thread; `close` it before the interpreter ends."""

    def __init__(
        self,
        tracker: PersonTracker | None,
        mirror: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Use `tracker` for pictures; None is enough for a take, whose items are observations already."""
        self.mirror = mirror
        self._tracker = tracker
        self._clock = clock

    def close(self) -> None:
        """Release the tracker. A second call does nothing."""
        if self._tracker is not None:
            self._tracker.close()

    def toggle_mirror(self) -> None:
        """Start mirroring with the next item, or stop it."""
        self.mirror = not self.mirror

    def observe(self, item: Frame | TakeFrame) -> ObservedFrame:
        """Return `item` with its observation; both are mirrored when `mirror` is set."""
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
            raise ValueError("This observer has no tracker, and a source with pictures needs one.")
        return self._tracker.observe(frame)

"""Track one person through a source: smoothed as FaceTracker does it, and whoever else is in the picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from flame_model.arrays import Picture
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame
from mappings.tracking.people.face import NEAR, Face, Place
from mappings.tracking.people.person_finder import Found, PersonFinder, Seen
from mappings.tracking.tracker import FaceTracker
from mappings.tracking.views.zoom import Zoom

ALONE_STEP_S, TOGETHER_STEP_S = 10.0, 2.0
"""From one look at who else is there to the next; a look takes 15 ms, a frame 6."""
_COVER = 0.65
"""Widths of a face to each side of its middle that hide it."""


class PersonTracker:
    """Track the person through the frames of a source, in order.

    MediaPipe's tracker follows a face by itself but takes any other when it has lost it. So where there is
    none to follow, the person is looked for among all faces, and the tracker is shown only theirs. Takes what
    PersonFinder takes. Use it from one thread at a time, and close it before the interpreter ends.
    """

    def __init__(
        self, bundle: Path, *, still: bool = False, zoom: Zoom | None = None, say: Say = lambda _: None
    ) -> None:
        self._tracker = FaceTracker(bundle)
        self._finder = PersonFinder(bundle, still=still, zoom=zoom, say=say)
        self._following = False
        self._last_s = -np.inf
        self._look_s = -np.inf

    def close(self) -> None:
        """Release the models; a second call does nothing."""
        self._tracker.close()
        self._finder.close()

    def observe(self, frame: Frame) -> Seen:
        """Return what is seen of the person in `frame`; a step back in time starts afresh."""
        if frame.time_s < self._last_s:
            self._start_afresh()
        self._last_s = frame.time_s
        observation = self._follow(frame) if self._following else self._acquire(frame)
        return self._finder.seen(frame, observation)

    def _start_afresh(self) -> None:
        self._tracker.reset()
        self._finder.forget()
        self._following = False

    def _follow(self, frame: Frame) -> FaceObservation | None:
        part = self._finder.view.part(frame.image)
        seen = self._tracker.observe(Frame(frame.index, frame.time_s, part))
        if seen is None:
            self._following = False
            return None
        self._finder.see(seen, part)
        if frame.time_s >= self._look_s:
            self._plan_look(frame.time_s, self._finder.find_others(frame))
        return seen

    def _acquire(self, frame: Frame) -> FaceObservation | None:
        """Have the tracker follow the person, who is not lost by that should it take another face."""
        view = self._finder.view
        found = self._finder.find(frame)
        if self._finder.view != view:
            self._tracker.reset()
        if found.person is None:
            return None
        seen = self._tracker.observe(Frame(frame.index, frame.time_s, _alone(found, found.person)))
        if seen is None:
            return None
        if found.person.place.distance(Place.of(seen)) > NEAR:
            self._tracker.reset()
            return found.person.observation
        self._following = True
        self._finder.see(seen, found.part)
        self._plan_look(frame.time_s, len(found.others))
        return seen

    def _plan_look(self, time_s: float, others: int) -> None:
        self._look_s = time_s + (TOGETHER_STEP_S if others else ALONE_STEP_S)


def _alone(found: Found, person: Face) -> Picture:
    """Return what is looked at with every other face hidden; (H, W, 3)."""
    others = found.others + found.animals
    if not others:
        return found.part
    picture = found.part.copy()
    for other in others:
        picture[_box(other)] = picture.mean(axis=(0, 1)).astype(np.uint8)
    # Faces may overlap; the person's own stays whole.
    own = _box(person)
    picture[own] = found.part[own]
    return picture


def _box(face: Face) -> tuple[slice, slice]:
    """Return the rows and columns that a face takes up."""
    reach = _COVER * face.place.width * np.array([1.0, 1.3])
    low, high = face.place.centre - reach, face.place.centre + reach
    left, top = np.maximum(low, 0).astype(int)
    right, bottom = np.maximum(high, 0).astype(int)
    return slice(top, bottom), slice(left, right)

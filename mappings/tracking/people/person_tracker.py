"""Track one person through a source, also while other people are in the picture."""

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
"""Time between two checks for other people, while the person is alone and while they are not. A check takes
15 ms, and tracking a frame takes 6 ms."""
_COVER = 0.65
"""Distance from a face's middle to each side, in widths of the face, that is covered to hide it."""


class PersonTracker:
    """Track the person through the frames of a source, in order.

    MediaPipe's tracker follows a face by itself, but takes any other face after it has lost it. Therefore,
    while it follows nobody, the person is searched among all faces, and the tracker is shown only theirs. The
    arguments are those of PersonFinder, and `smoothed` is that of FaceTracker. Use it from one thread at a
    time, and close it before the interpreter ends.
    """

    def __init__(
        self,
        bundle: Path,
        *,
        still: bool = False,
        zoom: Zoom | None = None,
        say: Say = lambda _: None,
        smoothed: bool = False,
    ) -> None:
        self._tracker = FaceTracker(bundle, smoothed=smoothed)
        self._finder = PersonFinder(bundle, still=still, zoom=zoom, say=say)
        self._following = False
        self._last_s = -np.inf
        self._check_s = -np.inf
        """Time of the next check for other people."""

    def close(self) -> None:
        """Release the models; a second call has no effect."""
        self._tracker.close()
        self._finder.close()

    def observe(self, frame: Frame) -> Seen:
        """Return the observation of the person in `frame`; a step back in time starts afresh."""
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
        """Return the observation of the person whom the tracker follows, None once it has lost them."""
        part = self._finder.view.part(frame.image)
        seen = self._tracker.observe(Frame(frame.index, frame.time_s, part))
        if seen is None:
            self._following = False
            return None
        self._finder.see(seen, part)
        if frame.time_s >= self._check_s:
            self._plan_check(frame.time_s, self._finder.find_others(frame))
        return seen

    def _acquire(self, frame: Frame) -> FaceObservation | None:
        """Search for the person, show the tracker only their face, and return their observation.

        If the tracker takes another face nevertheless, it is reset, and the search goes on.
        """
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
        self._plan_check(frame.time_s, len(found.others))
        return seen

    def _plan_check(self, time_s: float, others: int) -> None:
        self._check_s = time_s + (TOGETHER_STEP_S if others else ALONE_STEP_S)


def _alone(found: Found, person: Face) -> Picture:
    """Return the viewed part (H, W, 3) with every other face covered by the picture's mean colour."""
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
    """Return the rows and columns that a face covers."""
    reach = _COVER * face.place.width * np.array([1.0, 1.3])
    low, high = face.place.centre - reach, face.place.centre + reach
    left, top = np.maximum(low, 0).astype(int)
    right, bottom = np.maximum(high, 0).astype(int)
    return slice(top, bottom), slice(left, right)

"""The person who is followed: which of the faces in a picture is theirs, also after they were hidden."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Picture
from mappings.frames import FaceObservation
from mappings.tracking.people.appearance import appearance, strangeness
from mappings.tracking.people.face import NEAR, Face, Place
from mappings.tracking.people.scene import SAME_PLACE, SAME_SCENE, glance, likeness
from mappings.tracking.views.region import Region
from mappings.tracking.views.view import size_of

REMEMBERED_S = 3.0
"""A person who stays away longer has left, and the nearest face is followed."""
LOOK_STEP_S, LOOKS = 0.5, 6
"""Sights of the face that are kept for its shape: 3 s of it."""

_PLACE, _PLACE_PER_S, _FARTHEST = 0.75, 1.0, 0.8
"""Widths of the face by which it may have moved, and how much of a difference of 1 that is at the most: who
moves fast is lost from sight for it."""
_SIZE, _SIZE_PER_S = np.log(1.25), 0.15
"""Logarithm of the ratio by which it may have grown or shrunk."""
_AROUND = 2.0
"""Widths of a face in which a bystander's surroundings are compared."""
_SHAPE = 6.0
"""Strangeness that makes a difference of 1."""


class Person:
    """Remember place, size and shape of the face that is followed, the scene, and who else was there."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Follow whoever comes first."""
        self._place: Place | None = None
        self._seen_s = -np.inf
        self._image: Picture | None = None
        self._others: list[Place] = []
        self._sights: deque[FaceObservation] = deque(maxlen=LOOKS)
        self._sighted_s = -np.inf
        self._shape: npt.NDArray[Any] | None = None

    def see(self, observation: FaceObservation, image: Picture) -> None:
        """Take in a sight of the person in an image (H, W, 3)."""
        self._place, self._seen_s, self._image = Place.of(observation), observation.time_s, image
        if observation.time_s - self._sighted_s >= LOOK_STEP_S:
            self._sighted_s = observation.time_s
            self._sights.append(observation)
            self._shape = None

    def see_others(self, others: Sequence[Face]) -> None:
        """Take in the faces of everybody else, whose places tell them from the person later."""
        self._others = [face.place for face in others]

    def among(self, faces: Sequence[Face], image: Picture, time_s: float) -> Face | None:
        """Return the person's face among those of an image, the largest first; None while they are away.

        Somebody whom nobody knows, a person gone for REMEMBERED_S and a new scene make it the largest.
        """
        last = self._place
        if last is None or time_s - self._seen_s > REMEMBERED_S:
            self.forget()
            return next(iter(faces), None)
        self._follow_others(faces, last)
        strangers = [face for face in faces if not self._is_other(face.place, last)]
        differences = [self._difference(face, last, time_s - self._seen_s) for face in strangers]
        if differences and min(differences) <= 1.0:
            return strangers[int(np.argmin(differences))]
        if faces and self._is_new_scene(image, faces[0].place):
            self.forget()
            return faces[0]
        return None

    def is_at(self, place: Place) -> bool:
        """Return whether the person was last seen at a place, or close to it."""
        return self._place is not None and self._place.distance(place) < NEAR

    def _difference(self, face: Face, last: Place, gone_s: float) -> float:
        """Return how much a face differs from the person's: up to 1 it is theirs."""
        place = last.distance(face.place) / (_PLACE + _PLACE_PER_S * gone_s)
        size = np.log(face.place.width / last.width) / (_SIZE + _SIZE_PER_S * gone_s)
        shape = strangeness(face.appearance.identity, self._known_shape()) / _SHAPE
        return float(np.linalg.norm([min(place, _FARTHEST), size, shape]))

    def _known_shape(self) -> npt.NDArray[Any]:
        if self._shape is None:
            self._shape = np.mean([appearance(sight).identity for sight in self._sights], axis=0)
        return self._shape

    def _follow_others(self, faces: Sequence[Face], last: Place) -> None:
        """Move everybody else to where they are now."""
        for index, other in enumerate(self._others):
            nearest = min((face.place for face in faces), key=other.distance, default=other)
            if other.distance(nearest) < min(1.0, last.distance(nearest)):
                self._others[index] = nearest

    def _is_other(self, place: Place, last: Place) -> bool:
        """Return whether somebody else was at a place already, nearer to it than the person was last."""
        beside = min((other.distance(place) for other in self._others), default=np.inf)
        return beside < min(1.0, last.distance(place))

    def _is_new_scene(self, image: Picture, place: Place) -> bool:
        """Return whether an image shows another scene, also where somebody's face is.

        A hand before the camera changes most of a picture but not what is around a bystander.
        """
        if self._image is None or likeness(glance(self._image), glance(image)) >= SAME_SCENE:
            return False
        extent = (_AROUND * place.width, _AROUND * place.width)
        around = Region.around(place.centre, extent, size_of(image))
        return likeness(glance(around.of(self._image)), glance(around.of(image))) < SAME_PLACE

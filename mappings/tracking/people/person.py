"""Recognise the followed person among the faces of a picture, also after their face was hidden."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from flame_model.arrays import Array, Picture
from mappings.frames import FaceObservation
from mappings.tracking.people.appearance import appearance, identity_distance
from mappings.tracking.people.face import NEAR, Face, Place
from mappings.tracking.people.shot_change import SAME_SHOT, SAME_SURROUNDINGS, correlation, thumbnail
from mappings.tracking.views.region import Region
from mappings.tracking.views.view import size_of

REMEMBERED_S = 3.0
"""Time after which a person who is not seen has left, and the nearest face is followed."""
KEEP_STEP_S, KEPT = 0.5, 6
"""Time between observations that are kept for the person's identity, and their number: 3 s of the face."""

_PLACE, _PLACE_PER_S, _FARTHEST = 0.75, 1.0, 0.8
"""Distance, in widths of the face, that makes a difference of 1, its growth per second, and the largest
difference that distance alone makes, so that people who move fast are not lost. Chosen by trial."""
_SIZE, _SIZE_PER_S = np.log(1.25), 0.15
"""Logarithm of the ratio of sizes that makes a difference of 1, and its growth per second. Chosen by
trial."""
_AROUND = 2.0
"""Width, in widths of a face, of the surroundings that are compared."""
_IDENTITY = 6.0
"""Distance of two identities that makes a difference of 1."""


class Person:
    """Remember the place, size and identity of the followed face, its shot, and who else was there.

    The difference of a face from the followed one is the norm of three parts. Up to 1 the faces are the same:

        distance / (_PLACE + _PLACE_PER_S t)        at most _FARTHEST, distance in widths of the face
        log(size ratio) / (_SIZE + _SIZE_PER_S t)
        identity distance / _IDENTITY

    with the time t in seconds since the face was seen.
    """

    def __init__(self) -> None:
        self._place: Place | None = None
        self._seen_s = -np.inf
        self._image: Picture | None = None
        self._others: list[Place] = []
        self._kept: deque[FaceObservation] = deque(maxlen=KEPT)
        self._kept_s = -np.inf
        self._identity: Array | None = None

    def forget(self) -> None:
        """Forget the person: the next one is whoever comes first."""
        self._place = None
        self._seen_s = -np.inf
        self._image = None
        self._others = []
        self._kept.clear()
        self._kept_s = -np.inf
        self._identity = None

    def see(self, observation: FaceObservation, image: Picture) -> None:
        """Remember an observation of the person in an image (H, W, 3)."""
        self._place, self._seen_s, self._image = Place.of(observation), observation.time_s, image
        if observation.time_s - self._kept_s >= KEEP_STEP_S:
            self._kept_s = observation.time_s
            self._kept.append(observation)
            self._identity = None

    def see_others(self, others: Sequence[Face]) -> None:
        """Remember the faces of everybody else; their places distinguish them from the person later."""
        self._others = [face.place for face in others]

    def among(self, faces: Sequence[Face], image: Picture, time_s: float) -> Face | None:
        """Return the person's face among those of an image, largest first; None while they are away.

        The largest face is returned while no person is known, after a person was gone for REMEMBERED_S, and
        in a new shot.
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
        if faces and self._is_new_shot(image, faces[0].place):
            self.forget()
            return faces[0]
        return None

    def is_at(self, place: Place) -> bool:
        """Return whether the person was last seen at a place, or close to it."""
        return self._place is not None and self._place.distance(place) < NEAR

    def _difference(self, face: Face, last: Place, gone_s: float) -> float:
        """Return the difference of a face from the person's, as the class defines it."""
        place = last.distance(face.place) / (_PLACE + _PLACE_PER_S * gone_s)
        size = np.log(face.place.width / last.width) / (_SIZE + _SIZE_PER_S * gone_s)
        identity = identity_distance(face.appearance.identity, self._known_identity()) / _IDENTITY
        return float(np.linalg.norm([min(place, _FARTHEST), size, identity]))

    def _known_identity(self) -> Array:
        """Return the mean identity (10,) of the kept observations."""
        if self._identity is None:
            self._identity = np.mean([appearance(kept).identity for kept in self._kept], axis=0)
        return self._identity

    def _follow_others(self, faces: Sequence[Face], last: Place) -> None:
        """Move everybody else to the nearest face that is not nearer to the person."""
        for index, other in enumerate(self._others):
            nearest = min((face.place for face in faces), key=other.distance, default=other)
            if other.distance(nearest) < min(1.0, last.distance(nearest)):
                self._others[index] = nearest

    def _is_other(self, place: Place, last: Place) -> bool:
        """Return whether somebody else was at a place, nearer to it than the person was last."""
        beside = min((other.distance(place) for other in self._others), default=np.inf)
        return beside < min(1.0, last.distance(place))

    def _is_new_shot(self, image: Picture, place: Place) -> bool:
        """Return whether an image is of another shot, as a whole and around the face at `place`.

        A hand in front of the camera changes most of a picture, but not the surroundings of a bystander.
        """
        if self._image is None or correlation(thumbnail(self._image), thumbnail(image)) >= SAME_SHOT:
            return False
        extent = (_AROUND * place.width, _AROUND * place.width)
        around = Region.around(place.centre, extent, size_of(image))
        before, after = thumbnail(around.of(self._image)), thumbnail(around.of(image))
        return correlation(before, after) < SAME_SURROUNDINGS

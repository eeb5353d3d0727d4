"""One face of a picture: its observation, place, size and appearance, and the view in which it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from flame_model.arrays import Array, Picture
from mappings.frames import FaceObservation
from mappings.tracking.people.appearance import Appearance, appearance
from mappings.tracking.views.region import Region
from mappings.tracking.views.view import View, size_of

NEAR = 0.5
"""Distance of two faces, in widths of a face, up to which they are the same one."""
_WIDTH_OF_RADIUS = 2.55
"""Ratio of the width of a frontal face to the root mean square distance of its landmarks from their mean. No
turn changes that distance."""
_CLOSE_UP = 3.0
"""Width of the view of a single face, in widths of that face: it is found well there, and little else is."""


class Place(NamedTuple):
    """The place and size of a face, in pixels."""

    centre: Array
    """(2,) x, y."""
    width: float
    """Width of the face as if seen from the front."""

    @classmethod
    def of(cls, observation: FaceObservation) -> Self:
        """Return the place of an observed face."""
        middle = observation.landmarks.mean(axis=0)
        radius = np.sqrt(((observation.landmarks - middle) ** 2).sum(axis=1).mean())
        return cls(middle[:2], _WIDTH_OF_RADIUS * float(radius))

    def distance(self, other: Place) -> float:
        """Return the distance of another face's centre, in widths of this face."""
        return float(np.linalg.norm(self.centre - other.centre)) / self.width


@dataclass(frozen=True, slots=True)
class Face:
    """A face that was found in a picture."""

    observation: FaceObservation
    place: Place
    appearance: Appearance

    @classmethod
    def of(cls, observation: FaceObservation) -> Self:
        """Return the face of an observation."""
        return cls(observation, Place.of(observation), appearance(observation))

    @property
    def roll(self) -> float:
        """Degrees by which the face leans to a side: 0 is upright, 90 lies on a side."""
        turn = self.observation.T_camera_face
        return abs(float(np.degrees(np.arctan2(turn[1, 0], turn[0, 0]))))


class FaceInView(NamedTuple):
    """A face and the view of a picture in which it was found."""

    view: View
    face: Face
    """The face in the pixels of the view."""

    @property
    def misfit(self) -> float:
        """Misfit of the face to a human face (see `Appearance`)."""
        return self.face.appearance.misfit

    @property
    def place(self) -> Place:
        """The place of the face in the whole picture, turned as in the view."""
        place, region = self.face.place, self.view.region
        corner = (0, 0) if region is None else (region.left, region.top)
        return Place(place.centre + np.array(corner), place.width)

    def close_up(self, image: Picture) -> View:
        """Return the view of this face alone in an image (H, W, 3)."""
        side = _CLOSE_UP * self.place.width
        size = size_of(self.view.turned(image))
        return View(self.view.turns, Region.around(self.place.centre, (side, side), size))


def count_people(faces: Sequence[FaceInView]) -> int:
    """Return how many people are seen: where views overlap, a face is found more than once."""
    places: list[Place] = []
    for found in faces:
        if all(other.distance(found.place) > NEAR for other in places):
            places.append(found.place)
    return len(places)

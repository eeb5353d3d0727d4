"""A face that was seen in some view of a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Picture
from mappings.tracking.people.face import NEAR, Face, Place
from mappings.tracking.views.region import Region
from mappings.tracking.views.view import View, size_of

_AROUND = 3.0
"""Widths of a face in the view of it alone: well found, and with little else."""


class FaceInView(NamedTuple):
    """Hold a face and the view in which it was seen."""

    view: View
    face: Face

    @property
    def unlikeness(self) -> float:
        """How little the face is a human one."""
        return self.face.appearance.unlikeness

    @property
    def place(self) -> Place:
        """Where the face is in the whole picture, turned as in the view."""
        place, region = self.face.place, self.view.region
        corner = (0, 0) if region is None else (region.left, region.top)
        return Place(place.centre + np.array(corner), place.width)

    def close_up(self, image: Picture) -> View:
        """Return the view of this face alone in an image (H, W, 3)."""
        side = _AROUND * self.place.width
        size = size_of(self.view.turned(image))
        return View(self.view.turns, Region.around(self.place.centre, (side, side), size))


def count_people(faces: Sequence[FaceInView]) -> int:
    """Return how many people are seen: in views that overlap, faces are found more than once."""
    places: list[Place] = []
    for sight in faces:
        if all(other.distance(sight.place) > NEAR for other in places):
            places.append(sight.place)
    return len(places)

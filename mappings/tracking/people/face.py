"""One face of a picture: what was seen, where and how large it is, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from mappings.frames import FaceObservation
from mappings.tracking.people.appearance import Appearance, appearance

NEAR = 0.5
"""Widths of a face within which two faces are of the same one."""
_WIDTH_OF_RADIUS = 2.55
"""A frontal face's width by its landmarks' mean square distance from their middle, which no turn changes."""


class Place(NamedTuple):
    """Hold where a face is and how large, in pixels."""

    centre: npt.NDArray[Any]
    """(2,)."""
    width: float
    """Of the face as if seen from the front."""

    @classmethod
    def of(cls, observation: FaceObservation) -> Self:
        """Return the place of an observed face."""
        middle = observation.landmarks.mean(axis=0)
        radius = np.sqrt(((observation.landmarks - middle) ** 2).sum(axis=1).mean())
        return cls(middle[:2], _WIDTH_OF_RADIUS * float(radius))

    def distance(self, other: Place) -> float:
        """Return how far the middle of another face is away, in widths of this one."""
        return float(np.linalg.norm(self.centre - other.centre)) / self.width


@dataclass(frozen=True, slots=True)
class Face:
    """Hold a face that was found in a picture."""

    observation: FaceObservation
    place: Place
    appearance: Appearance

    @classmethod
    def of(cls, observation: FaceObservation) -> Self:
        """Return the face of an observation."""
        return cls(observation, Place.of(observation), appearance(observation))

    @property
    def roll(self) -> float:
        """How far the face leans to a side, degrees; 0 is upright, 90 lies on a side."""
        turn = self.observation.T_camera_face
        return abs(float(np.degrees(np.arctan2(turn[1, 0], turn[0, 0]))))

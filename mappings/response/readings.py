"""Readings: what the tracker reported on a head that was drawn with known signals, turn and place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from flame_model.arrays import Array
from flame_model.face.topology import FACE_POINT_COUNT
from mappings.mirror import mirrored_landmarks
from mappings.signals import mirrored_indices

_MIRRORED_ANGLES = np.array([-1.0, 1.0, -1.0])
"""Signs of yaw, pitch and roll in a mirror."""
_MIRRORED_PLACES = np.array([-1.0, 1.0, 1.0])
"""Signs of x, y and z in a mirror."""


@dataclass(frozen=True, slots=True)
class Readings:
    """N readings of one head."""

    signals: Array
    """(N, 52) signals that drove the head."""
    angles: Array
    """(N, 3) yaw, pitch and roll of the head, radians."""
    shifts: Array
    """(N, 3) metres from the scene's centre."""
    scores: Array
    """(N, 52) reported scores, made even (`mappings.evenness`)."""
    reported_angles: Array
    """(N, 3) reported yaw, pitch and roll of the turn as it appears, radians."""
    faces: Array
    """(N, 468, 3) reported face, metres, as `mappings.person.upright_face` lays it."""

    def part(self, rows: slice) -> Self:
        """Return some of the readings."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def joined(self, other: Self) -> Self:
        """Return these readings followed by others."""
        arrays = {}
        for field in fields(self):
            arrays[field.name] = np.concatenate([getattr(self, field.name), getattr(other, field.name)])
        return type(self)(**arrays)

    def mirrored(self) -> Self:
        """Return the readings of the mirrored head by a tracker that treats both sides alike."""
        sides = mirrored_indices()
        landmarks = mirrored_landmarks()[:FACE_POINT_COUNT]
        return type(self)(
            signals=self.signals[:, sides],
            angles=self.angles * _MIRRORED_ANGLES,
            shifts=self.shifts * _MIRRORED_PLACES,
            scores=self.scores[:, sides],
            reported_angles=self.reported_angles * _MIRRORED_ANGLES,
            faces=self.faces[:, landmarks] * _MIRRORED_PLACES,
        )

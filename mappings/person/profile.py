"""What is known of one person: how their scores differ, their resting face, which way is straight ahead."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from flame_model.arrays import Array
from mappings.mirror import mirrored_transform
from mappings.person.correction import Correction
from mappings.person.running_neutral import mirrored_face


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Hold one person's calibration; the default knows nothing. Sides are the person's own."""

    correction: Correction = field(default_factory=Correction)
    neutral_face: Array | None = None
    """(468, 3) metres, as `mappings.person.upright` lays it; None to estimate it while the person is seen."""
    straight_ahead: Array | None = None
    """(3, 3) turn of the head, face to camera, that looks straight ahead; None for into the camera."""

    def mirrored(self) -> Self:
        """Return the profile of the person seen in the mirror."""
        face, turn = self.neutral_face, self.straight_ahead
        if turn is not None:
            transform = np.eye(4)
            transform[:3, :3] = turn
            turn = mirrored_transform(transform)[:3, :3]
        return replace(
            self,
            correction=self.correction.mirrored(),
            neutral_face=None if face is None else mirrored_face(face),
            straight_ahead=turn,
        )

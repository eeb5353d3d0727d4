"""The calibration of one person: correction of the scores, resting face, and the turn that looks ahead."""

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
    """The calibration of one person; the default changes nothing. Sides are the person's own."""

    correction: Correction = field(default_factory=Correction)
    neutral_face: Array | None = None
    """(468, 3) resting face, metres, upright as in `mappings.person.upright_face`; None to estimate it from
    frames."""
    straight_ahead: Array | None = None
    """(3, 3) turn of the head, face to camera, that looks straight ahead; None where it looks into the
    camera."""

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

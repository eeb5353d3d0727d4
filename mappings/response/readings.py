"""What the tracker read on a head that was set in many ways."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from flame_model.arrays import Array


@dataclass(frozen=True, slots=True)
class Readings:
    """Hold N readings of one head."""

    signals: Array
    """(N, 52) what drove the head."""
    angles: Array
    """(N, 3) yaw, pitch and roll of the head, radians."""
    shifts: Array
    """(N, 3) metres from the middle of the stage."""
    scores: Array
    """(N, 52) what the tracker read."""
    read_angles: Array
    """(N, 3) radians."""
    faces: Array
    """(N, 468, 3) metres, as `mappings.person.upright` lays them."""

    def part(self, rows: slice) -> Self:
        """Return some of the readings."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def joined(self, other: Self) -> Self:
        """Return these readings, then others."""
        names = [field.name for field in fields(self)]
        return type(self)(
            **{name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in names}
        )

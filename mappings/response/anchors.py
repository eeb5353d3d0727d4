"""The places of landmarks that show expressions, measured from points nearby that expressions hardly move.

Where a face is laid upright by points all over it, an error of its turn moves the whole mouth; measured from
the nose's base, where people see it, the mouth stays where it is. On people who talk the nose's base moves by
1.8 mm in an upright face.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Int64Array
from flame_model.face.topology import LEFT_BROW, RIGHT_BROW

NOSE_BASE, RIGHT_CORNER, LEFT_CORNER = 2, 33, 263
"""The nose's base, from which lips and chin are measured, and the eyes' outer corners, for the brows."""


def anchored(faces: Array, points: Int64Array) -> Array:
    """Return the places (..., K, 3) of landmarks `points` (K,) of faces (..., 468, 3), from their anchors."""
    anchors = np.full(len(points), NOSE_BASE)
    anchors[np.isin(points, RIGHT_BROW)] = RIGHT_CORNER
    anchors[np.isin(points, LEFT_BROW)] = LEFT_CORNER
    return np.asarray(faces[..., points, :] - faces[..., anchors, :])

"""How far an expression wrinkles the skin, from the moved landmarks: seven kinds of wrinkles.

The depth w of a kind of wrinkle on one side grows with the expression coefficients psi,

    w = clip((K psi - FIRST) / (1 - FIRST), 0, 1)^GRADUAL
    K = (mean over landmarks of d . Q_landmark - mean over others of d . Q_other) / reach

with the displacement Q_landmark (3, E) of a landmark per coefficient, and the direction d. So any head with
landmarks wrinkles, whatever its components mean. Landmarks, directions, reaches and both numbers were chosen
by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.face.landmarks import at_places
from flame_model.head import Head


@dataclass(frozen=True, slots=True)
class Kind:
    """What deepens one kind of wrinkles."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    """Landmarks of the left and of the right side."""
    direction: tuple[float, float, float]
    """In which the landmarks move; on the right side, x is mirrored."""
    reach: float
    """Metres by which they move at K psi = 1."""
    others: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    """Landmarks of the left and of the right side that must not move along."""


KINDS = (
    Kind((336, 296, 334), (107, 66, 105), (0.0, 1.0, 0.0), 0.0130),
    Kind((336, 285), (107, 55), (-0.55, -0.85, 0.0), 0.0080),
    Kind((374, 380, 373), (145, 153, 144), (0.0, 1.0, 0.0), 0.0035),
    Kind((291, 410), (61, 186), (0.55, 0.85, 0.0), 0.0110),
    Kind((279, 331), (49, 102), (-0.5, 0.6, 0.8), 0.0045),
    Kind((200, 421), (200, 201), (0.0, 1.0, 0.0), 0.0065),
    Kind((336, 285), (107, 55), (0.0, 1.0, 0.0), 0.0065, ((334, 293), (105, 63))),
)
"""Raised brows, a frown, narrowed eyes, a smile, a sneer, a raised chin, and brows of which only the inner
ends are raised. In the picture in `flame_model/paint/wrinkles/`, the first three are the channels above their
borders, the next three those below, and the last is the blue one above BROW_BORDER."""
FIRST = 0.25
"""Share of the reach from which on wrinkles appear. People whose brows sit high or low should not look
surprised or angry all the time."""
GRADUAL = 1.5
"""Exponent above 1, with which wrinkles are faint at first."""


def wrinkling_matrix(head: Head) -> Float64Array:
    """Return K (2, 7, E) for the left and the right side; zeros for a head without landmarks."""
    matrix = np.zeros((2, len(KINDS), head.expression_count))
    if head.landmarks is None:
        return matrix
    moves = at_places(head.landmarks, head.faces, head.expression_basis)
    for number, kind in enumerate(KINDS):
        for side, (points, mirror) in enumerate(((kind.left, 1.0), (kind.right, -1.0))):
            ahead = np.array(kind.direction) * (mirror, 1.0, 1.0) / kind.reach
            moved = moves[list(points)].mean(axis=0)
            if kind.others[side]:
                moved = moved - moves[list(kind.others[side])].mean(axis=0)
            matrix[side, number] = ahead @ moved
    return matrix


def wrinkling(matrix: Float64Array, expression: Array) -> Float64Array:
    """Return the depths w (2, 7) of the wrinkles, 0..1, for `matrix` (2, 7, E) and `expression` (E,)."""
    return np.asarray(np.clip((matrix @ expression - FIRST) / (1.0 - FIRST), 0.0, 1.0) ** GRADUAL)

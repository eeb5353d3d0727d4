"""How far an expression wrinkles the skin, from the moved landmarks: six kinds of wrinkles.

The depth w of a kind of wrinkle on one side grows with the expression coefficients psi,

    w = clip((K psi - FIRST) / (1 - FIRST), 0, 1)^GRADUAL
    K = mean over landmarks of direction . Q_landmark / reach

with the displacement Q_landmark (3, E) of a landmark per coefficient. So any head with landmarks wrinkles,
whatever its components mean. Landmarks, directions, reaches and both numbers were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.face.landmarks import at_places
from flame_model.head import Head

KINDS = (
    # landmarks of the left and of the right side, direction on the left side, reach in metres
    ((336, 296, 334), (107, 66, 105), (0.0, 1.0, 0.0), 0.0130),
    ((336, 285), (107, 55), (-0.55, -0.85, 0.0), 0.0080),
    ((374, 380, 373), (145, 153, 144), (0.0, 1.0, 0.0), 0.0035),
    ((291, 410), (61, 186), (0.55, 0.85, 0.0), 0.0110),
    ((279, 331), (49, 102), (-0.5, 0.6, 0.8), 0.0045),
    ((200, 421), (200, 201), (0.0, 1.0, 0.0), 0.0065),
)
"""Raised brows, a frown, narrowed eyes, a smile, a sneer, and a raised chin: the channels of the picture in
`flame_model/paint/wrinkles/` above their borders, then those below."""
FIRST = 0.25
"""Share of the reach from which on wrinkles appear. People whose brows sit high or low should not look
surprised or angry all the time."""
GRADUAL = 1.5
"""Exponent above 1, with which wrinkles are faint at first."""


def wrinkling_matrix(head: Head) -> Float64Array:
    """Return K (2, 6, E) for the left and the right side; zeros for a head without landmarks."""
    matrix = np.zeros((2, len(KINDS), head.expression_count))
    if head.landmarks is None:
        return matrix
    moves = at_places(head.landmarks, head.faces, head.expression_basis)
    for kind, (left, right, direction, reach) in enumerate(KINDS):
        for side, (points, mirror) in enumerate(((left, 1.0), (right, -1.0))):
            ahead = np.array(direction) * (mirror, 1.0, 1.0) / reach
            matrix[side, kind] = np.einsum("c,nce->e", ahead, moves[list(points)]) / len(points)
    return matrix


def wrinkling(matrix: Float64Array, expression: Array) -> Float64Array:
    """Return the depths w (2, 6) of the wrinkles, 0..1, for `matrix` (2, 6, E) and `expression` (E,)."""
    return np.asarray(np.clip((matrix @ expression - FIRST) / (1.0 - FIRST), 0.0, 1.0) ** GRADUAL)

"""The lengths by which a face is judged, taken from its upright landmarks in units of the eye distance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from flame_model.arrays import Float64Array

LIP_GAP, LEFT_EYE, RIGHT_EYE = "lip gap", "left eye", "right eye"
"""Lengths that are 0 at contact: between the middles of the inner lips, and between the lids of each eye."""
CONTACT = (LIP_GAP, LEFT_EYE, RIGHT_EYE)
"""Lengths that are compared as they are; all others by their change from the clip's median."""

Length = Callable[[Float64Array], Float64Array]
"""From upright landmarks (N, 478, 3) to lengths (N,)."""


def _distance(one: int, other: int) -> Length:
    """Return the length |q_one - q_other|."""
    return lambda q: np.asarray(np.linalg.norm(q[:, one] - q[:, other], axis=1))


def _height(points: tuple[int, ...], above: int) -> Length:
    """Return the length by which the mean of `points` lies above the point `above`, along the y axis."""
    return lambda q: np.asarray(q[:, points, 1].mean(axis=1) - q[:, above, 1])


FACE_LENGTHS: dict[str, Length] = {
    LIP_GAP: _distance(13, 14),
    LEFT_EYE: _distance(386, 374),
    RIGHT_EYE: _distance(159, 145),
    "mouth width": _distance(61, 291),
    "jaw drop": _distance(2, 152),
    "upper lip": _distance(0, 2),
    "lower lip": _distance(17, 152),
    "left mouth corner": _height((291,), above=2),
    "right mouth corner": _height((61,), above=2),
    "left brow": _height((282, 295), above=263),
    "right brow": _height((52, 65), above=33),
    "brow gap": _distance(55, 285),
}
"""By name. The jaw drop is from the nose's base to the chin, the upper lip from the nose's base to its own
edge, the lower lip from its edge to the chin. The mouth's corners are measured from the nose's base, the
brows from the eye's outer corner. The brow gap is between the inner ends of the brows."""


def face_lengths(upright_landmarks: Float64Array) -> dict[str, Float64Array]:
    """Return every length (N,) of faces with the upright landmarks (N, 478, 3)."""
    return {name: length(upright_landmarks) for name, length in FACE_LENGTHS.items()}

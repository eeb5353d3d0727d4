"""Fit a sphere to an eyeball of a head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.errors import InputError
from flame_model.face.landmarks import eye_faces
from flame_model.head import Head

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Eye:
    """The sphere that fits an eyeball best."""

    center: Float64Array
    """(3,) metres."""
    radius: float
    """Metres."""
    front: float
    """Metres from the centre to the farthest point of the ball's front half."""


def find_eye(head: Head, side: int) -> Eye:
    """Return the left (0) or right (1) eyeball; raises InputError where the head has none.

    Solves 2 x . c + k = |x|^2 for centre c and k by least squares over the eyeball's vertices x; the radius
    is sqrt(k + |c|^2).
    """
    ball = head.template[np.unique(head.faces[eye_faces(head, SIDES[side])])].astype(np.float64)
    if len(ball) < 4:
        raise InputError(f"The head {head.name!r} has no {SIDES[side]} eyeball.")
    system = np.concatenate([2.0 * ball, np.ones((len(ball), 1))], axis=1)
    solved = np.linalg.lstsq(system, (ball**2).sum(axis=1), rcond=None)[0]
    spokes = ball - solved[:3]
    return Eye(
        center=solved[:3],
        radius=float(np.sqrt(solved[3] + solved[:3] @ solved[:3])),
        front=float(np.linalg.norm(spokes[spokes[:, 2] >= 0.0], axis=1).max()),
    )

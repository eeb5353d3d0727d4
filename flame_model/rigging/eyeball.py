"""Fit a sphere to an eyeball of a head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.errors import InputError
from flame_model.face.landmarks import eye_faces
from flame_model.head import Head

SIDES = ("left", "right")
CORNEA = 0.62
"""Radians from +z within which an eyeball at rest may bulge; the edge of the iris lies at 0.41 to 0.53."""
BULGE = 1.01
"""Farthest vertex, in radii of the sphere through all of them, from which an eyeball counts as bulging: the
built-in head's has 1.045, ICT-FaceKit's 1.0004."""


@dataclass(frozen=True, slots=True)
class Eye:
    """The sphere that fits the white of an eyeball best."""

    center: Float64Array
    """(3,) metres."""
    radius: float
    """Metres."""
    front: float
    """Metres from the centre to the farthest point of the ball's front half."""


def find_eye(head: Head, side: int) -> Eye:
    """Return the left (0) or right (1) eyeball; raises InputError where the head has none.

    The sphere is fitted to all vertices and, where the cornea bulges, once more without it.
    """
    ball = head.template[np.unique(head.faces[eye_faces(head, SIDES[side])])].astype(np.float64)
    if len(ball) < 4:
        raise InputError(f"The head {head.name!r} has no {SIDES[side]} eyeball.")
    center, radius = _sphere(ball)
    distance = np.linalg.norm(ball - center, axis=1)
    white = ball[:, 2] - center[2] < np.cos(CORNEA) * distance
    if distance.max() > BULGE * radius and white.sum() >= 4:
        center, radius = _sphere(ball[white])
    spokes = ball - center
    return Eye(
        center=center,
        radius=radius,
        front=float(np.linalg.norm(spokes[spokes[:, 2] >= 0.0], axis=1).max()),
    )


def _sphere(points: Float64Array) -> tuple[Float64Array, float]:
    """Return centre (3,) and radius of the sphere through points (N, 3), in metres.

    Solves 2 x . c + k = |x|^2 for centre c and k by least squares over the points x; the radius is
    sqrt(k + |c|^2).
    """
    system = np.concatenate([2.0 * points, np.ones((len(points), 1))], axis=1)
    solved = np.linalg.lstsq(system, (points**2).sum(axis=1), rcond=None)[0]
    return solved[:3], float(np.sqrt(solved[3] + solved[:3] @ solved[:3]))

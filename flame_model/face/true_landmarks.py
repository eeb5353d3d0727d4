"""Where the tracker's landmarks lie on the built-in head: known, because it is made from them."""

from __future__ import annotations

import numpy as np

from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS, IRIS_RADIUS
from flame_model.head import Head, LandmarkPlaces
from flame_model.landmarks import seat_landmarks

_IRIS_RING = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))
"""Pupil, then the iris's edge: towards the person's left, up, right, down."""


def true_landmarks(head: Head) -> LandmarkPlaces:
    """Return the 478 places on the built-in `head`.

    Subdivision keeps a cage's points in front, so that the first 468 vertices are the landmarks.
    """
    across = IRIS_RADIUS * np.array(_IRIS_RING)
    depth = np.sqrt(EYE_RADIUS**2 - (across**2).sum(axis=1))
    ring = np.column_stack([across, depth])
    left, right = EYE_CENTERS[:, None] + ring
    return seat_landmarks(head, np.concatenate([head.template[: t.FACE_POINT_COUNT], right, left]))

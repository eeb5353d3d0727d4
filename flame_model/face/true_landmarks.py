"""The tracker's landmarks on the built-in head, known because the head is built from them."""

from __future__ import annotations

import numpy as np

from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS, IRIS_RADIUS
from flame_model.face.landmarks import seat_landmarks
from flame_model.head import Head, LandmarkPlaces

_IRIS_RING = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))
"""Pupil, then the iris's edge towards the person's left, up, right and down; in iris radii."""


def true_landmarks(head: Head) -> LandmarkPlaces:
    """Return the places of the 478 landmarks on the built-in `head`.

    Subdivision keeps the points of the cage first, so the first 468 vertices are the face's landmarks.
    """
    across = IRIS_RADIUS * np.array(_IRIS_RING)
    depth = np.sqrt(EYE_RADIUS**2 - (across**2).sum(axis=1))
    ring = np.column_stack([across, depth])
    left, right = EYE_CENTERS[:, None] + ring
    return seat_landmarks(head, np.concatenate([head.template[: t.FACE_POINT_COUNT], right, left]))

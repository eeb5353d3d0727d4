"""The turn of a face as it appears in its picture, and its landmarks without that turn.

The average face x_n is laid onto the landmarks p_n by the similarity with the least

    sum_n |p_n - (c R x_n + t)|^2        over the landmarks n that expressions hardly move

(see `flame_model.geometry.similarity`). R is the apparent turn: how a viewer of the picture sees the face
turned. Unlike the tracker's facial transformation it does not depend on where in the picture the face is. The
upright landmarks are

    q_n = R^T (p_n - mean(p)) / |p_33 - p_263|

in units of the distance between the outer corners of the eyes.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.face.measured_face import bundled_measurement
from flame_model.geometry.similarity import fit_similarity
from mappings.frames import FaceObservation
from mappings.person.upright_face import PICTURE_AXES

RIGID = np.array(
    (
        6, 168, 197, 195, 5, 4, 8, 9, 151, 10, 33, 133, 263, 362, 127, 356, 234, 454, 93, 323, 21, 251,
        54, 284, 103, 332, 67, 297, 109, 338, 122, 351, 193, 417, 98, 327, 2,
    )
)  # fmt: skip
"""Landmarks of forehead, nose, eye corners, temples and cheek bones, by which the turn is judged.

More than `topology.STILL_POINTS`: the sides of the nose and its base steady the pitch.
"""
OUTER_EYE_CORNERS = (33, 263)
"""Landmarks of the right and the left eye."""


class Upright(NamedTuple):
    """A face by its apparent turn and its upright landmarks."""

    turn: Float64Array
    """R (3, 3), from a head's axes (right, up, towards the viewer) to the picture's."""
    landmarks: Float64Array
    """q (478, 3)."""


def upright(observation: FaceObservation) -> Upright:
    """Return the apparent turn and the upright landmarks of an observed face."""
    points = observation.landmarks.astype(np.float64) * PICTURE_AXES
    turn = fit_similarity(_average_face(), points[RIGID]).rotation
    right, left = points[OUTER_EYE_CORNERS,]
    return Upright(turn, (points - points.mean(axis=0)) @ turn / np.linalg.norm(left - right))


@cache
def _average_face() -> Float64Array:
    """Return the RIGID points of the mean face, mirror-symmetric, metres."""
    face = bundled_measurement()
    mirrored = face.neutral[face.mirror] * (-1.0, 1.0, 1.0)
    return np.asarray((face.neutral + mirrored)[RIGID] / 2.0)

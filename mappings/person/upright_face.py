"""The upright face of an observation: its landmarks without turn, place and size."""

from __future__ import annotations

from functools import cache

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import FACE_POINT_COUNT, STILL_POINTS
from flame_model.geometry.similarity import fit_similarity
from mappings.frames import FaceObservation

PICTURE_AXES = np.array([1.0, -1.0, -1.0])
"""Signs that turn the axes of pixels (right, down, away from the camera) into a head's (right, up, towards
it)."""
_STILL = np.array(STILL_POINTS)


def upright_face(observation: FaceObservation) -> Float64Array:
    """Return the face (468, 3) of an observation in metres, laid onto the mean face by its still points.

    The still points are those that no expression moves. The axes are a head's: x to the person's left, y up,
    z out of the face.
    """
    return laid_upright(observation.landmarks[:FACE_POINT_COUNT] * PICTURE_AXES)


def laid_upright(face: Array) -> Float64Array:
    """Return a face (468, 3) of any turn, place and size, laid onto the mean face by its still points."""
    return fit_similarity(face[_STILL], _still_mean()).points(face)


@cache
def _still_mean() -> Float64Array:
    """Return the still points of the mean face, metres."""
    return bundled_measurement().neutral[_STILL]

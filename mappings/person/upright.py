"""The face of an observation by itself: turned upright, of a mean face's size, in its place."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import FACE_POINT_COUNT, STILL_POINTS
from flame_model.geometry.similarity import fit_similarity
from mappings.frames import FaceObservation

PICTURE_AXES = np.array([1.0, -1.0, -1.0])
"""Pixels go right, down and away from the camera; a head's axes go right, up and towards it."""
_STILL = np.array(STILL_POINTS)


def upright_face(observation: FaceObservation) -> Float64Array:
    """Return the face (468, 3) of an observation in metres, laid onto the mean face by its still points.

    Axes as a head's: x to the person's left, y up, z out of the face; turn, place and size are left out.
    """
    return laid_upright(observation.landmarks[:FACE_POINT_COUNT] * PICTURE_AXES)


def laid_upright(face: npt.NDArray[np.floating]) -> Float64Array:
    """Return `face` (468, 3), any similarity of a face, laid onto the mean face by its still points."""
    return fit_similarity(face[_STILL], _still_mean()).points(face)


@cache
def _still_mean() -> Float64Array:
    return bundled_measurement().neutral[_STILL]

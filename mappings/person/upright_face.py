"""A face without its turn, place and size, and the turn with which it appears in the picture."""

from __future__ import annotations

from functools import cache

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import FACE_POINT_COUNT, STILL_POINTS
from flame_model.geometry.similarity import Similarity, fit_similarity
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
    return laid_upright(_picture_face(observation))


def upright_face_and_turn(observation: FaceObservation) -> tuple[Float64Array, Float64Array]:
    """Return `upright_face` (468, 3) and `apparent_turn` (3, 3), which one fit gives."""
    face = _picture_face(observation)
    laying = _laying(face)
    return laying.points(face), np.asarray(laying.rotation.T)


def apparent_turn(observation: FaceObservation) -> Float64Array:
    """Return the turn R (3, 3) of a face as it appears: relative to the line of sight to it.

    With the still points x_i of the mean face in metres and those of the observed face p_i in pixels,

        min over c, R, t:  sum_i |x_i - (c R' p_i + t)|^2

    Only the landmarks' differences matter, so the turn does not depend on the face's place and size in the
    picture, nor on what the picture shows around it. MediaPipe's facial transformation assumes a lens and the
    picture's middle instead: the same face in a corner of a larger picture is turned by 8 degrees in it, and
    by 0.1 here.
    """
    return np.asarray(_laying(_picture_face(observation)).rotation.T)


def apparent_pose(observation: FaceObservation) -> Float64Array:
    """Return the pose (4, 4) of a face with the turn as it appears, at the place that the tracker reports."""
    pose = observation.T_camera_face.astype(np.float64)
    pose[:3, :3] = apparent_turn(observation)
    return pose


def laid_upright(face: Array) -> Float64Array:
    """Return a face (468, 3) of any turn, place and size, laid onto the mean face by its still points."""
    return _laying(face).points(face)


def _picture_face(observation: FaceObservation) -> Array:
    """Return the landmarks (468, 3) in pixels, along a head's axes."""
    return observation.landmarks[:FACE_POINT_COUNT] * PICTURE_AXES


def _laying(face: Array) -> Similarity:
    """Return the similarity that lays a face (468, 3) onto the mean face."""
    return fit_similarity(face[_STILL], _still_mean())


@cache
def _still_mean() -> Float64Array:
    """Return the still points of the mean face, metres."""
    return bundled_measurement().neutral[_STILL]

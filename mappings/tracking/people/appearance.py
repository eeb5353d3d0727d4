"""What a face looks like apart from its turn and expression: whose it is, and how human."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.face.measured_face import bundled_measurement
from mappings.frames import FaceObservation
from mappings.person.pose_fit import DEPTH_WEIGHT, fit_pose
from mappings.person.upright import PICTURE_AXES

HUMAN = 0.060
"""Unlikeness above which it is no human face. Measured: 952 faces of people and paintings reach 0.055 (99 of
100 stay below 0.041), the 120 faces of a dog's face begin at 0.058, its picture as it is has 0.069."""
SURE = 0.045
"""Unlikeness up to which a face counts where it was not expected: in a part, or with the picture turned."""

_EYE_DISTANCE_M = 0.063
_COMMON = 0.03
"""Eye distances of misfit that weigh as much as one sigma in every identity component."""
_HOLD = 7.0
"""Weight of an identity of zero against one misfit of _NOISE_M in one landmark's place."""
_NOISE_M = 0.003
_ROUNDS = 3
_EVERY = 3
"""One landmark in so many is fitted: a face takes 5 ms instead of 8."""
_STEADINESS = np.array([0.12, 0.16, 0.28, 0.13, 0.12, 0.12, 0.11, 0.10, 0.09, 0.08])
"""Standard deviation of each identity component over the frames of one person, by seven clips."""


class Appearance(NamedTuple):
    """Hold what a face looks like."""

    identity: Float64Array
    """(10,) sigmas, along the directions in which people's faces differ."""
    unlikeness: float
    """Eye distances: how far the landmarks are from the likeliest human face's, and how rare that one is."""


def strangeness(identity: Float64Array, known: Float64Array) -> float:
    """Return how far two identities are apart, in standard deviations of what one person's frames differ by.

    Measured against a mean of four frames: one person 3.1 in the median, 5.4 for 1 in 20; another person 7.5,
    4.7 for 1 in 20.
    """
    return float(np.linalg.norm((identity - known) / _STEADINESS))


def appearance(observation: FaceObservation) -> Appearance:
    """Return the appearance of a face: mean face, expression by scores, identity and pose fitted in turns.

    Least squares in the picture (weak perspective, depth weighted weakly), identity held back by its size.
    """
    neutral, shapes, identity = _model()
    points = observation.landmarks[: len(neutral) * _EVERY : _EVERY].astype(np.float64) * PICTURE_AXES
    expressive = neutral + np.tensordot(observation.scores, shapes, axes=1)
    coefficients = np.zeros(len(identity))
    weights = np.sqrt([1.0, 1.0, DEPTH_WEIGHT]) / _NOISE_M
    for _ in range(_ROUNDS):
        pose = fit_pose(expressive + np.tensordot(coefficients, identity, axes=1), points)
        matrix = (identity @ pose.rotation.T * weights).reshape(len(identity), -1)
        wanted = (points - pose.shift) / pose.scale - expressive @ pose.rotation.T
        normal = matrix @ matrix.T + _HOLD * np.eye(len(identity))
        coefficients = np.linalg.solve(normal, matrix @ (wanted * weights).ravel())
    face = expressive + np.tensordot(coefficients, identity, axes=1)
    misfit = (pose.points(face) - points)[:, :2] / (pose.scale * _EYE_DISTANCE_M)
    unlikeness = np.sqrt((misfit**2).sum(axis=1).mean() + _COMMON**2 * (coefficients**2).mean())
    return Appearance(coefficients, float(unlikeness))


@cache
def _model() -> tuple[Any, Any, Any]:
    """Return the landmarks that are fitted of the mean face, its expressions and identities, metres."""
    face = bundled_measurement()
    return face.neutral[::_EVERY], face.shapes[:, ::_EVERY], face.identity[:, ::_EVERY]

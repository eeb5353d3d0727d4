"""The appearance of a face apart from turn and expression: its identity, and its misfit to a human face.

The landmarks p_n in pixels are explained by a face model in weak perspective:

    p_n ~ s R (m_n + sum_i score_i e_in + sum_k c_k d_kn) + t

with the mean face m, the displacement e_i of the landmarks by each signal, and the identity components d_k,
all measured over many people (`flame_model/face/measured_face.py`), in metres. The fit alternates between the
pose (s, R, t), found by `fit_pose`, and the identity c, found by

    min over c:  sum_n |W (p_n - t) / s - W R (m_n + ...)|^2 / _NOISE_M^2 + _IDENTITY_PRIOR |c|^2

with W = diag(1, 1, sqrt(DEPTH_WEIGHT)), since depth is only estimated from the picture.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.face.measured_face import bundled_measurement
from mappings.frames import FaceObservation
from mappings.person.pose_fit import DEPTH_WEIGHT, fit_pose
from mappings.person.upright_face import PICTURE_AXES

HUMAN_MISFIT = 0.060
"""Misfit up to which a face is a human one. Measured: 952 faces of people and paintings reach 0.055 (99 of
100 stay below 0.041). The 120 faces found on a dog begin at 0.058, and the one in its unchanged picture has
0.069."""
SURE_MISFIT = 0.045
"""Misfit up to which a face counts where none was expected: in a part of a picture or a turned picture."""

_EYE_DISTANCE_M = 0.063
"""Distance between the eyes by which misfits are divided, metres."""
_RARITY = 0.03
"""Misfit in eye distances that weighs as much as one sigma in every identity component."""
_IDENTITY_PRIOR = 7.0
"""Weight of the identity's size against one misfit of _NOISE_M in one landmark's place. Chosen by trial."""
_NOISE_M = 0.003
"""Misfit of one landmark, metres, that costs 1."""
_ROUNDS = 3
"""Rounds of pose and identity."""
_EVERY = 3
"""Every third landmark is fitted: a face takes 5 ms instead of 8."""
_STEADINESS = np.array([0.12, 0.16, 0.28, 0.13, 0.12, 0.12, 0.11, 0.10, 0.09, 0.08])
"""Standard deviation of each identity component over the frames of one person, from seven clips."""


class Appearance(NamedTuple):
    """The identity of a face, and how well a human face explains it."""

    identity: Float64Array
    """(10,) sigmas, along the directions in which people's faces differ."""
    misfit: float
    """sqrt(r^2 + (_RARITY^2 / 10) |identity|^2) in eye distances, where r is the root mean square distance,
    in the picture, of the landmarks from those of the fitted human face."""


def identity_distance(identity: Float64Array, known: Float64Array) -> float:
    """Return the distance of two identities, in standard deviations of one person's frames.

    Measured against a mean of four frames: one person has 3.1 in the median and more than 5.4 in 1 of 20
    frames, another person has 7.5 in the median and less than 4.7 in 1 of 20.
    """
    return float(np.linalg.norm((identity - known) / _STEADINESS))


def appearance(observation: FaceObservation) -> Appearance:
    """Return the appearance of an observed face."""
    neutral, shapes, identity = _model()
    points = observation.landmarks[: len(neutral) * _EVERY : _EVERY].astype(np.float64) * PICTURE_AXES
    expressive = neutral + np.tensordot(observation.scores, shapes, axes=1)
    coefficients = np.zeros(len(identity))
    weights = np.sqrt([1.0, 1.0, DEPTH_WEIGHT]) / _NOISE_M
    for _ in range(_ROUNDS):
        pose = fit_pose(expressive + np.tensordot(coefficients, identity, axes=1), points)
        matrix = (identity @ pose.rotation.T * weights).reshape(len(identity), -1)
        wanted = (points - pose.shift) / pose.scale - expressive @ pose.rotation.T
        normal = matrix @ matrix.T + _IDENTITY_PRIOR * np.eye(len(identity))
        coefficients = np.linalg.solve(normal, matrix @ (wanted * weights).ravel())
    face = expressive + np.tensordot(coefficients, identity, axes=1)
    residual = (pose.points(face) - points)[:, :2] / (pose.scale * _EYE_DISTANCE_M)
    misfit = np.sqrt((residual**2).sum(axis=1).mean() + _RARITY**2 * (coefficients**2).mean())
    return Appearance(coefficients, float(misfit))


@cache
def _model() -> tuple[Array, Array, Array]:
    """Return the fitted landmarks of the mean face, its expressions and its identities, metres."""
    face = bundled_measurement()
    return face.neutral[::_EVERY], face.shapes[:, ::_EVERY], face.identity[:, ::_EVERY]

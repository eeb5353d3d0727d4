"""Estimate a person's resting face from every frame, whatever the person does meanwhile."""

from __future__ import annotations

from functools import cache

import numpy as np

from flame_model.arrays import Array
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.rotations import yaw_pitch_roll
from mappings.frames import FaceObservation
from mappings.mirror import mirrored_landmarks
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import apparent_turn, upright_face

EVERY_S = 0.08
"""Least time between frames that are used: laying a face upright takes 0.1 ms, too much for every frame."""
MEMORY_S = 20.0
"""Seconds of frontal, calm frames that are remembered; older ones fade."""
WEAKENED_S = 0.5
"""Most seconds that the memory counts for after a loss of the face: the next one may be somebody else's."""
SURE_S = 1.0
"""Seconds in memory from which a face far from the estimate counts less: it may be covered or misplaced."""

_TURN_RADIANS = np.radians(15.0)
_EXPRESSION_MM = 1.0
_OUTLIER_MM = 2.5
"""Turn from the camera, displacement by the expression, and distance from the estimate (root mean squares
over the face) that lower a frame's weight; see RunningNeutral. Chosen by trial."""


class RunningNeutral:
    """The weighted mean of faces from which the expression that their scores predict is taken away.

    A frame with yaw y and pitch p, the predicted displacement e (468, 3) and the difference f (468, 3) from
    the estimate weighs, in seconds,

        EVERY_S exp(-(y^2 + p^2) / turn^2) / (1 + E / expression^2)^2 / (1 + F / outlier^2)

    with the mean squares E and F of e and f over the landmarks, and the constants _TURN_RADIANS,
    _EXPRESSION_MM and _OUTLIER_MM. The last factor is used from SURE_S on. The prediction of a strong smile
    leaves 1 to 2 mm of it at the lips (11 mm without the prediction), that of a calm face next to nothing, so
    a few calm frames outweigh a long smile.
    """

    def __init__(self) -> None:
        self._face: Array | None = None
        self._weight_s = 0.0
        self._time_s: float | None = None

    @property
    def face(self) -> Array | None:
        """The estimated face (468, 3), upright and in metres; None before the first frame."""
        return self._face

    def weaken(self) -> None:
        """Give the memory little weight after a loss of the face: the next one may be somebody else's."""
        self._weight_s = min(self._weight_s, WEAKENED_S)

    def mirror(self) -> None:
        """Exchange the sides of the face."""
        if self._face is not None:
            self._face = mirrored_face(self._face)

    def add(self, observation: FaceObservation, time_s: float) -> None:
        """Add an observation to the estimate, unless less than EVERY_S has passed since the last one."""
        elapsed_s = EVERY_S if self._time_s is None else time_s - self._time_s
        if 0.0 <= elapsed_s < EVERY_S:
            return
        self._time_s = time_s
        expression = predicted_expression(observation.scores)
        face = upright_face(observation) - expression
        weight_s = EVERY_S * _frontal(observation) / _damping(expression, _EXPRESSION_MM) ** 2
        if self._face is None:
            self._face, self._weight_s = face, weight_s
            return
        difference = face - self._face
        if self._weight_s > SURE_S:
            weight_s /= _damping(difference, _OUTLIER_MM)
        self._weight_s = min(self._weight_s, MEMORY_S - weight_s) + weight_s
        self._face = self._face + (weight_s / self._weight_s) * difference


def predicted_expression(scores: Array) -> Array:
    """Return the displacement (468, 3) of a face by scores (52,), metres, measured over many people."""
    predicted: Array = ((scores - typical_rest()) @ _shapes()).reshape(FACE_POINT_COUNT, 3)
    return predicted


def mirrored_face(face: Array) -> Array:
    """Return the mirror image of an upright face (468, 3)."""
    mirrored: Array = face[mirrored_landmarks()[:FACE_POINT_COUNT]] * (-1.0, 1.0, 1.0)
    return mirrored


def _frontal(observation: FaceObservation) -> float:
    """Return the weight of a face's turn: 1 for one that looks into the camera, less for a turned one."""
    yaw, pitch, _ = yaw_pitch_roll(apparent_turn(observation))
    return float(np.exp(-(yaw**2 + pitch**2) / _TURN_RADIANS**2))


def _damping(displacement: Array, half_mm: float) -> float:
    """Return 1 + mean square of a displacement (468, 3) in metres over the square of `half_mm`."""
    return 1.0 + 1e6 * float((displacement**2).sum(axis=1).mean()) / half_mm**2


@cache
def _shapes() -> Array:
    return bundled_measurement().shapes.reshape(len(typical_rest()), -1)

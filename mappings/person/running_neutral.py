"""A person's resting face, estimated from every frame while the person does whatever they do."""

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
from mappings.person.upright import upright_face

EVERY_S = 0.08
"""Often enough: laying a face upright takes 0.1 ms, which every frame does not have."""
MEMORY_S = 20.0
"""Of frontal, calm frames; older ones fade."""
DOUBT_S = 0.5
"""What the memory counts for when a face comes back that may be somebody else's."""
SURE_S = 1.0
"""From here on a face that is far from the estimate counts less: a hand before it, a misplaced mesh."""

_TURN_RADIANS = np.radians(15.0)
_EXPRESSION_MM = 1.0
_OUTLIER_MM = 2.5
"""Root mean squares over the face at which a frame counts half."""


class RunningNeutral:
    """Average what is left of faces when that which their scores predict is taken away.

    Frames count by their time, less when the head is turned or the face far from rest: the prediction of a
    strong smile leaves 1 to 2 mm of it at the lips (11 mm without the prediction), that of a calm face next
    to nothing, so a few calm frames outweigh a long smile.
    """

    def __init__(self) -> None:
        self.reset()

    @property
    def face(self) -> Array | None:
        """The resting face (468, 3), upright and in metres; None before the first face."""
        return self._face

    def reset(self) -> None:
        """Forget the face."""
        self._face: Array | None = None
        self._weight_s = 0.0
        self._time_s: float | None = None

    def doubt(self) -> None:
        """Let the next second decide: the face was lost, and somebody else's may come."""
        self._weight_s = min(self._weight_s, DOUBT_S)

    def mirror(self) -> None:
        """Exchange the sides of the face."""
        if self._face is not None:
            self._face = mirrored_face(self._face)

    def add(self, observation: FaceObservation, time_s: float) -> None:
        """Learn from one observation; some are passed over."""
        elapsed_s = EVERY_S if self._time_s is None else time_s - self._time_s
        if 0.0 <= elapsed_s < EVERY_S:
            return
        self._time_s = time_s
        expression = predicted_expression(observation.scores)
        face = upright_face(observation) - expression
        weight_s = EVERY_S * _frontal(observation) / _softness(expression, _EXPRESSION_MM) ** 2
        if self._face is None:
            self._face, self._weight_s = face, weight_s
            return
        difference = face - self._face
        if self._weight_s > SURE_S:
            weight_s /= _softness(difference, _OUTLIER_MM)
        self._weight_s = min(self._weight_s, MEMORY_S - weight_s) + weight_s
        self._face = self._face + (weight_s / self._weight_s) * difference


def predicted_expression(scores: Array) -> Array:
    """Return how far (468, 3) scores (52,) move a face from rest, metres, as measured over many people."""
    predicted: Array = ((scores - typical_rest()) @ _shapes()).reshape(FACE_POINT_COUNT, 3)
    return predicted


def mirrored_face(face: Array) -> Array:
    """Return an upright face (468, 3) as it is seen in the mirror."""
    mirrored: Array = face[mirrored_landmarks()[:FACE_POINT_COUNT]] * (-1.0, 1.0, 1.0)
    return mirrored


def _frontal(observation: FaceObservation) -> float:
    """Return 1 for a face that looks into the camera, less for one that is turned or tilted."""
    yaw, pitch, _ = yaw_pitch_roll(observation.T_camera_face[:3, :3])
    return float(np.exp(-(yaw**2 + pitch**2) / _TURN_RADIANS**2))


def _softness(displacement: Array, half_mm: float) -> float:
    """Return 1 for no displacement (468, 3) in metres, 2 for a root mean square of `half_mm`."""
    return 1.0 + 1e6 * float((displacement**2).sum(axis=1).mean()) / half_mm**2


@cache
def _shapes() -> Array:
    return bundled_measurement().shapes.reshape(len(typical_rest()), -1)

"""What the tests of a driver share: the joints of a head, and how its parameters are compared."""

from __future__ import annotations

import numpy as np

from flame_model.params import HeadParams
from flame_model.rotations import matrix_from_axis_angle
from mappings.scores.solver import Solved
from mappings.signals import MEDIAPIPE_INDEX

JOINTS = np.array([[0, -0.15, 0], [0, -0.07, 0], [0, 0, 0.02], [0.03, 0.03, 0.05], [-0.03, 0.03, 0.05]])
STEP_S = 1 / 30
BLINKS = [MEDIAPIPE_INDEX["eyeBlinkLeft"], MEDIAPIPE_INDEX["eyeBlinkRight"]]


def flat(params: HeadParams) -> np.ndarray:
    """Return all parameters in one row."""
    names = ("expression", "jaw", "eyes", "neck", "rotation", "translation", "eyelids")
    return np.concatenate([np.ravel(getattr(params, name)) for name in names])


def whole_turn(params: HeadParams) -> np.ndarray:
    """Return root and neck together as a matrix."""
    return matrix_from_axis_angle(params.rotation) @ matrix_from_axis_angle(params.neck)


class Watched:
    """A solver that records its arguments and turns the head a little further than the face."""

    expression_count = 4

    def __init__(self, mapping):
        self.mapping, self.scores, self.neutral_faces, self.places = mapping, [], [], []

    def calibrated(self, _):
        return self

    def solve(self, observation, T_scene_face, neutral_face):
        self.scores.append(observation.scores)
        self.neutral_faces.append(neutral_face)
        self.places.append(T_scene_face[:3, 3])
        turned = T_scene_face[:3, :3] @ matrix_from_axis_angle([0, 0.1, 0])
        return Solved(self.mapping.coefficients(observation.scores), turned)

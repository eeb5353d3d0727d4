"""An actor who follows the instructions of a calibration, or does not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.calibrating.procedure import Procedure
from flame_model.face.measured_face import bundled_measurement
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation
from mappings.person.running_neutral import predicted_expression
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import laid_upright
from mappings.signals import MEDIAPIPE_INDEX

FPS = 30
TURN = (0.1, 0.2, 0.0)
REST = {"browInnerUp": 0.3, "eyeBlinkLeft": 0.2, "eyeBlinkRight": 0.25, "mouthPucker": 0.2}
DOES = {
    "Close your eyes": {"eyeBlinkLeft": 0.7, "eyeBlinkRight": 0.6},
    "Open your mouth wide": {"jawOpen": 0.55},
    "Smile": {"mouthSmileLeft": 0.6, "mouthSmileRight": 0.5},
}
Acts = Callable[[str], FaceObservation | None]


def face(time_s: float = 0.0, **scores: float) -> FaceObservation:
    """Return the actor's face with some scores that are not those at rest."""
    row = typical_rest().copy()
    for name, score in {**REST, **scores}.items():
        row[MEDIAPIPE_INDEX[name]] = score
    T = np.eye(4)
    T[:3, :3] = matrix_from_axis_angle(TURN)
    upright = laid_upright(bundled_measurement().neutral + predicted_expression(row))
    landmarks = np.zeros((478, 3))
    landmarks[:468] = 2000 * upright @ T[:3, :3].T * [1, -1, -1] + 300
    return FaceObservation(time_s, row, landmarks, T, (640, 480))


def obedient(title: str) -> FaceObservation:
    """Return the face of an actor who follows the instruction."""
    return face(**DOES.get(title, {}))


def act_out(procedure: Procedure, acts: Acts = obedient, fps: float = FPS, most_s: float = 60.0) -> float:
    """Feed the procedure until it is finished; return how long that took."""
    frame = 0
    while not procedure.finished and frame < most_s * fps:
        procedure.see(acts(procedure.prompt.title), frame / fps)
        frame += 1
    return frame / fps

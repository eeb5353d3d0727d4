"""When a person keeps still, and when a face is at rest, as the tracker's landmarks and scores tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.evaluating.face_points import SPEAKING
from mappings.frames import FaceObservation
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES
from mappings.upright import upright_face

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

STILL_S = 0.5
STILL_MM = 0.25
"""Root mean square of how far lips, lids and brows go from their mean in STILL_S, on a face of mean size.

Of seven clips four hold such moments. The person's own points still go 0.07 to 0.14 mm from frame to frame
there; with 0.4 mm it is 0.10 to 0.17.
"""
CALM_SHARE = 0.1
"""Part of the frames at rest that show a clip's calmest face."""
_LIMITS = {
    **{"eyeBlinkLeft": 0.4, "eyeBlinkRight": 0.4, "jawOpen": 0.2, "mouthFunnel": 0.2, "mouthPucker": 0.3},
    **{"mouthSmileLeft": 0.2, "mouthSmileRight": 0.2},
    **{"browInnerUp": 0.3, "browOuterUpLeft": 0.3, "browOuterUpRight": 0.3},
}
"""Scores up to which a face may be at rest: a clip full of talk or smiles does not show the resting face.

Lowered brows are not among them: many a person's brows read as lowered at rest.
"""
_EXPRESSIVE = [
    k for k, name in enumerate(MEDIAPIPE_NAMES) if name.startswith(("brow", "cheek", "jaw", "mouth"))
]


def still_frames(observations: Sequence[FaceObservation | None], fps: float) -> Mask:
    """Return (N,) whether a frame lies in a stretch of STILL_S in which the person's face keeps still."""
    count, window = len(observations), max(2, round(STILL_S * fps))
    still = np.zeros(count, dtype=bool)
    faces = np.full((count, len(SPEAKING), 3), np.nan)
    for index, observation in enumerate(observations):
        if observation is not None:
            faces[index] = upright_face(observation)[SPEAKING]
    for start in range(count - window + 1):
        stretch = faces[start : start + window]
        spread = np.sqrt(((stretch - stretch.mean(axis=0)) ** 2).sum(axis=2).mean())
        # Not a number where a face is missing, which compares as false.
        if spread * 1000.0 < STILL_MM:
            still[start : start + window] = True
    return still


def calm_frames(observations: Sequence[FaceObservation | None]) -> npt.NDArray[np.intp]:
    """Return the frames (M,) with the least expression: CALM_SHARE of those in which the face may be at rest.

    Expression is the sum of the scores of brows, cheeks, jaw and mouth.
    """
    seen = np.array([index for index, each in enumerate(observations) if each is not None], dtype=np.intp)
    scores = np.array([each.scores for each in observations if each is not None], dtype=np.float64)
    limited = scores[:, [MEDIAPIPE_INDEX[name] for name in _LIMITS]]
    resting = np.flatnonzero((limited < list(_LIMITS.values())).all(axis=1))
    order = np.argsort(scores[resting][:, _EXPRESSIVE].sum(axis=1), kind="stable")
    count = int(np.ceil(CALM_SHARE * len(resting)))
    return seen[resting[order[:count]]]

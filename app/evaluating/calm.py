"""When a face is at rest, as the tracker's scores tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mappings.frames import FaceObservation
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES

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


def calm_frames(observations: Sequence[FaceObservation | None]) -> npt.NDArray[np.intp]:
    """Return the frames (M,) with the least expression, the calmest first.

    They are CALM_SHARE of those in which the face may be at rest, its scores within _LIMITS; expression is
    the sum of the scores of brows, cheeks, jaw and mouth.
    """
    seen = np.array([index for index, each in enumerate(observations) if each is not None], dtype=np.intp)
    scores = np.array([each.scores for each in observations if each is not None], dtype=np.float64)
    limited = scores[:, [MEDIAPIPE_INDEX[name] for name in _LIMITS]]
    resting = np.flatnonzero((limited < list(_LIMITS.values())).all(axis=1))
    order = np.argsort(scores[resting][:, _EXPRESSIVE].sum(axis=1), kind="stable")
    count = int(np.ceil(CALM_SHARE * len(resting)))
    return seen[resting[order[:count]]]

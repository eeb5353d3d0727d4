"""Find the frames of a clip in which the face is at rest, by the tracker's scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flame_model.arrays import IndexArray
from mappings.frames import FaceObservation
from mappings.signals import MEDIAPIPE_INDEX, signals_named

CALM_SHARE = 0.1
"""Share of the frames at rest that are returned, those with the least expression; chosen by trial."""
_LIMITS = {
    "eyeBlinkLeft": 0.4,
    "eyeBlinkRight": 0.4,
    "jawOpen": 0.2,
    "mouthFunnel": 0.2,
    "mouthPucker": 0.3,
    "mouthSmileLeft": 0.2,
    "mouthSmileRight": 0.2,
    "browInnerUp": 0.3,
    "browOuterUpLeft": 0.3,
    "browOuterUpRight": 0.3,
}
"""Largest scores of a face at rest: a clip full of talk or smiles may not show the resting face at all.

The limits were chosen by trial. Lowered brows have none, because the tracker reports lowered brows on many
faces at rest.
"""
EXPRESSIVE = signals_named("brow", "cheek", "jaw", "mouth")
"""(52,) the signals whose sum of scores is the expression of a face."""


def calm_frames(observations: Sequence[FaceObservation | None]) -> IndexArray:
    """Return the frames (M,) with the least expression, the calmest first.

    They are CALM_SHARE of the frames whose scores are within _LIMITS. Expression is the sum of the EXPRESSIVE
    scores.
    """
    found = np.array([index for index, each in enumerate(observations) if each is not None], dtype=np.intp)
    scores = np.array([each.scores for each in observations if each is not None], dtype=np.float64)
    limited = scores[:, [MEDIAPIPE_INDEX[name] for name in _LIMITS]]
    resting = np.flatnonzero((limited < list(_LIMITS.values())).all(axis=1))
    order = np.argsort(scores[resting][:, EXPRESSIVE].sum(axis=1), kind="stable")
    count = int(np.ceil(CALM_SHARE * len(resting)))
    return found[resting[order[:count]]]

"""When a person keeps still, and when a face is at rest, as the tracker's landmarks and scores tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.evaluating.face_points import SPEAKING
from mappings.frames import FaceObservation
from mappings.signals import MEDIAPIPE_NAMES
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
"""Part of a clip's frames that show its calmest face."""
_SHUT = 0.4
"""Blink score from which on a lid is not at rest."""
_EXPRESSIVE = [
    k for k, name in enumerate(MEDIAPIPE_NAMES) if name.startswith(("brow", "cheek", "jaw", "mouth"))
]
_BLINKS = [k for k, name in enumerate(MEDIAPIPE_NAMES) if name.startswith("eyeBlink")]


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
    """Return the frames (M,) with the least expression: CALM_SHARE of those with open eyes, at least one.

    Expression is the sum of the scores of brows, cheeks, jaw and mouth. Eyes that are never open give none.
    """
    seen = [index for index, each in enumerate(observations) if each is not None]
    scores = np.array([each.scores for each in observations if each is not None], dtype=np.float64)
    open_eyed = np.flatnonzero(scores[:, _BLINKS].max(axis=1) < _SHUT)
    calmest = open_eyed[np.argsort(scores[open_eyed][:, _EXPRESSIVE].sum(axis=1), kind="stable")]
    count = int(np.ceil(CALM_SHARE * len(open_eyed)))
    return np.array(seen)[calmest[:count]]

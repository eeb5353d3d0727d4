"""Decide which frames are usable for fitting a mapping, and for what reason others are not."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from flame_model.arrays import Picture
from flame_model.rotations import yaw_pitch_roll
from mappings.frames import FaceObservation
from mappings.person.upright_face import apparent_turn
from mappings.records.gathered import REASONS

NO_FACE, EXTREME_YAW, JUMP, BLUR = REASONS

MOST_YAW = np.radians(40.0)
"""Largest yaw in radians: beyond it half of the face is hidden, and yaw leaks into every score."""
LONGEST_STEP = 0.3
"""Largest motion between two frames, in widths of the face: quick turns of a head reach 0.29, jumps exceed
it."""
LEAST_SHARPNESS = 0.02
"""Least sharpness: eight sharp clips have 0.031 at least, and 0.015 at most blurred by 3 % of the face."""
_SIDE = 128
"""Side in pixels to which a face is scaled before its sharpness is measured."""


class FrameJudge:
    """Decide for the frames of one clip, in their order, whether they are usable."""

    def __init__(self) -> None:
        self._last: FaceObservation | None = None

    def reason(self, image: Picture | None, observation: FaceObservation | None) -> str | None:
        """Return the reason to leave a frame out, None for a usable one; blur needs an image."""
        last, self._last = self._last, observation
        if observation is None:
            return NO_FACE
        if abs(yaw_pitch_roll(apparent_turn(observation))[0]) > MOST_YAW:
            return EXTREME_YAW
        if last is not None and step_length(last, observation) > LONGEST_STEP:
            return JUMP
        if image is not None and sharpness(image, observation) < LEAST_SHARPNESS:
            return BLUR
        return None


def step_length(before: FaceObservation, after: FaceObservation) -> float:
    """Return the median distance that the landmarks moved, in widths of the face."""
    steps = np.linalg.norm(after.landmarks[:, :2] - before.landmarks[:, :2], axis=1)
    return float(np.median(steps) / np.ptp(before.landmarks[:, 0]))


def sharpness(image: Picture, observation: FaceObservation) -> float:
    """Return the variance of a face's Laplacian over that of its grey values, at one size for all faces."""
    height, width = image.shape[:2]
    corners: Any = [observation.landmarks[:, :2].min(axis=0), observation.landmarks[:, :2].max(axis=0)]
    (left, top), (right, bottom) = np.clip(corners, 0, [width, height]).astype(int)
    face = image[top:bottom, left:right]
    if face.size == 0:
        return 0.0
    gray = cv2.resize(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    # An even face has no edges; its variance counts as one step of 8 bits.
    return float(cv2.Laplacian(gray.astype(np.float32), cv2.CV_32F).var() / max(float(gray.var()), 1.0))

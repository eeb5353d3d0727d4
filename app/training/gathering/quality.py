"""Which frames serve to fit a mapping, and why the others do not."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from flame_model.rotations import yaw_pitch_roll
from mappings.frames import FaceObservation
from mappings.records.gathered import REASONS

NO_FACE, EXTREME_YAW, JUMP, BLUR = REASONS

MOST_YAW = np.radians(40.0)
"""Beyond it the far half of the face is hidden, and yaw leaks into every score."""
LONGEST_STEP = 0.3
"""Of the face's width between two frames: quick turns of a head reach 0.29, leaps lie beyond."""
LEAST_SHARPNESS = 0.02
"""Between the least of eight sharp clips, 0.031, and the most of them blurred by 3 % of the face, 0.015."""
_SIDE = 128
"""Pixels that a face is brought to before its sharpness is measured."""


class FrameJudge:
    """Judge the frames of one clip in their order."""

    def __init__(self) -> None:
        self._last: FaceObservation | None = None

    def reason(self, image: npt.NDArray[np.uint8] | None, observation: FaceObservation | None) -> str | None:
        """Return why a frame should be left out, None where it serves; a take shows no blur."""
        last, self._last = self._last, observation
        if observation is None:
            return NO_FACE
        if abs(yaw_pitch_roll(observation.T_camera_face[:3, :3])[0]) > MOST_YAW:
            return EXTREME_YAW
        if last is not None and step_length(last, observation) > LONGEST_STEP:
            return JUMP
        if image is not None and sharpness(image, observation) < LEAST_SHARPNESS:
            return BLUR
        return None


def step_length(before: FaceObservation, after: FaceObservation) -> float:
    """Return how far the landmarks went (median) in widths of the face."""
    steps = np.linalg.norm(after.landmarks[:, :2] - before.landmarks[:, :2], axis=1)
    return float(np.median(steps) / np.ptp(before.landmarks[:, 0]))


def sharpness(image: npt.NDArray[np.uint8], observation: FaceObservation) -> float:
    """Return the variance of the face's Laplacian over that of its grey values, at one size for all faces."""
    height, width = image.shape[:2]
    corners: Any = [observation.landmarks[:, :2].min(axis=0), observation.landmarks[:, :2].max(axis=0)]
    (left, top), (right, bottom) = np.clip(corners, 0, [width, height]).astype(int)
    face = image[top:bottom, left:right]
    if face.size == 0:
        return 0.0
    gray = cv2.resize(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    # A face of one grey value has no edges: its variance counts as one step of 8 bits.
    return float(cv2.Laplacian(gray.astype(np.float32), cv2.CV_32F).var() / max(float(gray.var()), 1.0))

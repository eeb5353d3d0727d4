"""Frames that would mislead a fit are left out, each for its reason."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from app.training.gathering.quality import BLUR, EXTREME_YAW, JUMP, NO_FACE, FrameJudge, sharpness
from flame_model.face.measured_face import bundled_measurement
from mappings.frames import FaceObservation
from mappings.person.upright_face import PICTURE_AXES

SLOPE = np.linspace(40, 210, 320)[None, :, None]
SKIN = (SLOPE + np.random.default_rng(0).normal(0, 12, (240, 320, 3))).clip(0, 255).astype(np.uint8)
"""A picture (240, 320, 3) of skin that is lit from one side, with noise for pores."""


def seen(shift: float = 0.0, yaw_degrees: float = 0.0) -> FaceObservation:
    """Return the mean face, 100 pixels wide, shifted to the side by `shift` pixels and turned."""
    T = np.eye(4, dtype=np.float32)
    T[:3, :3] = Rotation.from_euler("y", yaw_degrees, degrees=True).as_matrix()
    face = bundled_measurement().neutral
    turned = (face - face.mean(axis=0)) @ T[:3, :3].T * PICTURE_AXES * 100 / np.ptp(face[:, 0])
    landmarks = np.zeros((478, 3), dtype=np.float32)
    landmarks[: len(face)] = turned
    # The pupils, which nothing here looks at, are in the middle of the face.
    landmarks += (160 + shift, 120, 0)
    return FaceObservation(0.0, np.zeros(52, dtype=np.float32), landmarks, T, (320, 240))


def test_a_sharp_face_looking_ahead_is_usable() -> None:
    judge = FrameJudge()
    assert [judge.reason(SKIN, seen(shift)) for shift in (0.0, 20.0, 40.0)] == [None] * 3


@pytest.mark.parametrize(
    ("yaw", "reason"), [(39.0, None), (-39.0, None), (41.0, EXTREME_YAW), (-50.0, EXTREME_YAW)]
)
def test_yaw_counts_to_both_sides(yaw: float, reason: str | None) -> None:
    assert FrameJudge().reason(SKIN, seen(yaw_degrees=yaw)) == reason


def test_a_leap_is_a_jump_but_coming_back_after_a_loss_is_not() -> None:
    judge = FrameJudge()
    steps = [seen(), seen(shift=40.0), None, seen()]
    assert [judge.reason(SKIN, step) for step in steps] == [None, JUMP, NO_FACE, None]


def test_blur_is_found_by_the_picture_alone() -> None:
    blurred = cv2.GaussianBlur(SKIN, (0, 0), 3.0)
    assert FrameJudge().reason(blurred, seen()) == BLUR
    assert FrameJudge().reason(None, seen()) is None, "a take has no picture"
    outside = replace(seen(), landmarks=seen().landmarks + np.float32(1000))
    assert sharpness(SKIN, outside) == 0.0

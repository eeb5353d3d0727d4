"""Wrinkles deepen on the side of the face that moves, gradually, and only beyond small movements."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.face.wrinkling import wrinkling, wrinkling_matrix
from flame_model.find_heads import load_head
from flame_model.head import Head

RAISED, FROWNING, SQUINTING, SMILING, SNEERING, CHIN_UP, GRIEVING = range(7)


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


def _depths(head: Head, **signals: float) -> Float64Array:
    expression = np.array([signals.get(name, 0.0) for name in head.expression_names])
    return wrinkling(wrinkling_matrix(head), expression)


def test_a_resting_face_has_no_wrinkles(head: Head) -> None:
    assert not _depths(head).any()
    assert not _depths(head, browInnerUp=0.15).any()


@pytest.mark.parametrize(
    ("signal", "kind", "depth"),
    [
        # The outer part of one brow is less than half of what raises a forehead.
        ("browOuterUp", RAISED, 0.05),
        ("browDown", FROWNING, 0.35),
        ("eyeSquint", SQUINTING, 0.35),
        ("mouthSmile", SMILING, 0.35),
        ("noseSneer", SNEERING, 0.15),
    ],
)
def test_each_side_wrinkles_by_itself(head: Head, signal: str, kind: int, depth: float) -> None:
    left, right = _depths(head, **{f"{signal}Left": 1.0}), _depths(head, **{f"{signal}Right": 1.0})
    assert left[0, kind] > depth
    assert left[1, kind] < 0.1
    np.testing.assert_allclose(left, right[::-1], atol=0.05)


def test_raised_brows_wrinkle_the_forehead_late(head: Head) -> None:
    """People whose brows sit high should not look surprised all the time."""
    raised = {"browInnerUp": 1.0, "browOuterUpLeft": 1.0, "browOuterUpRight": 1.0}
    whole = _depths(head, **raised)[:, RAISED]
    half = _depths(head, **dict.fromkeys(raised, 0.5))[:, RAISED]
    assert (whole > 0.5).all()
    assert (half < 0.3 * whole).all()


def test_inner_brows_fold_the_forehead_unless_the_whole_brows_rise(head: Head) -> None:
    grief = _depths(head, browInnerUp=1.0)[:, GRIEVING]
    surprise = _depths(head, browInnerUp=1.0, browOuterUpLeft=1.0, browOuterUpRight=1.0)[:, GRIEVING]
    assert (grief > 0.4).all()
    assert (surprise < 0.1 * grief).all()
    assert not _depths(head, browDownLeft=1.0, browDownRight=1.0)[:, GRIEVING].any()


def test_the_chin_wrinkles_when_it_rises(head: Head) -> None:
    assert (_depths(head, mouthShrugLower=1.0)[:, CHIN_UP] > 0.1).all()


def test_rounded_lips_and_the_jaw_wrinkle_nothing(head: Head) -> None:
    assert not _depths(head, mouthFunnel=1.0, mouthPucker=1.0, jawLeft=1.0).any()


def test_a_smile_wrinkles_neither_forehead_nor_chin(head: Head) -> None:
    smile = _depths(head, mouthSmileLeft=1.0, mouthSmileRight=1.0)
    assert not smile[:, [RAISED, FROWNING, CHIN_UP]].any()


def test_a_head_without_landmarks_has_no_wrinkles(head: Head) -> None:
    assert not wrinkling_matrix(replace(head, landmarks=None)).any()

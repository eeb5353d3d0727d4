"""Wrinkles deepen on the side of the face whose brows or lids move, and only beyond small movements."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.face.wrinkling import wrinkling, wrinkling_matrix
from flame_model.find_heads import load_head
from flame_model.head import Head

RAISED, FROWNING, SQUINTING = range(3)


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
    ("signal", "kind"), [("browOuterUp", RAISED), ("browDown", FROWNING), ("eyeSquint", SQUINTING)]
)
def test_each_side_wrinkles_by_itself(head: Head, signal: str, kind: int) -> None:
    left, right = _depths(head, **{f"{signal}Left": 1.0}), _depths(head, **{f"{signal}Right": 1.0})
    assert left[0, kind] > 0.35
    assert left[1, kind] < 0.1
    np.testing.assert_allclose(left, right[::-1], atol=0.05)


def test_the_jaw_and_the_mouth_wrinkle_nothing(head: Head) -> None:
    assert not _depths(head, mouthSmileLeft=1.0, mouthFunnel=1.0, jawLeft=1.0).any()


def test_a_head_without_landmarks_has_no_wrinkles(head: Head) -> None:
    assert not wrinkling_matrix(replace(head, landmarks=None)).any()

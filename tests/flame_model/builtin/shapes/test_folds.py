"""Nasolabial folds: a smile raises the cheek above the fold and sinks the fold, on its own side only."""

from __future__ import annotations

import numpy as np

from flame_model.builtin.shapes.folds import LINE, OUTWARD, STRENGTHS, folds

MIDDLE = np.array([*LINE[2], 0.004])
"""A point on the left fold."""


def _heights(name: str, points: list[list[float]]) -> list[float]:
    return list(folds(np.array(points))[name] @ (OUTWARD / np.linalg.norm(OUTWARD)))


def test_a_fold_sinks_under_a_cheek_that_rises() -> None:
    cheek = [MIDDLE[0] + 0.006, MIDDLE[1] + 0.004, MIDDLE[2]]
    beside_nose = [MIDDLE[0] - 0.006, MIDDLE[1] - 0.004, MIDDLE[2]]
    fold, raised, still = _heights("mouthSmileLeft", [list(MIDDLE), cheek, beside_nose])
    assert fold < -0.0008
    assert raised > 0.0008
    assert abs(still) < 0.0002


def test_a_fold_moves_its_own_side() -> None:
    here, there = list(MIDDLE), [-MIDDLE[0], MIDDLE[1], MIDDLE[2]]
    left, right = (folds(np.array([here, there]))[f"mouthSmile{side}"] for side in ("Left", "Right"))
    np.testing.assert_allclose(left[0], right[1] * [-1.0, 1.0, 1.0])
    assert np.abs(left[1]).max() < 1e-6


def test_the_skin_behind_the_face_and_beyond_the_line_is_still() -> None:
    far = np.array([[MIDDLE[0], MIDDLE[1], -0.030], [0.0, 0.060, 0.010], [0.0335, -0.070, 0.0]])
    for name, moved in folds(far).items():
        assert np.abs(moved).max() < 1e-6, name


def test_every_side_of_a_signal_has_a_fold() -> None:
    assert set(folds(np.zeros((1, 3)))) == {name + side for name in STRENGTHS for side in ("Left", "Right")}

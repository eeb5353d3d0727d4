"""Amended shapes: each does what its name says, on its own side, and both sides are mirror images."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.builtin.shapes.amended import SHARES_OF_OTHERS, SIDED, amended, clean_shape
from flame_model.face import topology as t
from flame_model.face.measured_face import bundled_measurement
from flame_model.find_heads import load_head
from flame_model.head import Head

LEFT_CORNER, UPPER_LIP, LOWER_LIP, UPPER_EDGE, CHIN, LEFT_UPPER_LID = 291, 13, 14, 0, 199, 386
LEFT_INNER_BROW, BELOW_LEFT_BROW = 285, 441
DEEP_FROWN = 1.5
"""About the coefficient of browDown at a score of 1, by the built-in mapping."""


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


@pytest.fixture(scope="module")
def shapes() -> dict[str, npt.NDArray[np.float64]]:
    """Return the amended shapes (468, 3) by signal, before they reach a head."""
    face = bundled_measurement()
    pairs = zip(face.score_names, face.shapes, strict=True)
    return amended({name: clean_shape(name, shape, face.neutral) for name, shape in pairs}, face.neutral)


def _moves(head: Head, name: str) -> npt.NDArray[np.float32]:
    """Return (468, 3) metres by which a signal moves the landmarks."""
    return head.expression_basis[: t.FACE_POINT_COUNT, :, head.expression_names.index(name)]


@pytest.mark.parametrize("name", [*SIDED, "cheekSquint", "noseSneer"])
def test_sides_are_mirror_images(head: Head, name: str) -> None:
    left, right = (_moves(head, f"{name}{side}") for side in ("Left", "Right"))
    mirrored = right[bundled_measurement().mirror] * [-1.0, 1.0, 1.0]
    np.testing.assert_allclose(left, mirrored, atol=2e-4)


@pytest.mark.parametrize("name", SIDED)
def test_a_side_moves_itself_more_than_the_other(head: Head, name: str) -> None:
    moved, x = np.linalg.norm(_moves(head, f"{name}Left"), axis=1), head.template[: t.FACE_POINT_COUNT, 0]
    own, other = (np.sort(moved[side * x > 0.010])[-10:].mean() for side in (1.0, -1.0))
    assert own > 5.0 * other


def test_lowered_brows_do_not_raise_the_lids(head: Head) -> None:
    assert _moves(head, "browDownLeft")[LEFT_UPPER_LID, 1] < 0.0002


def test_wide_eyes_part_more_in_the_middle_and_less_towards_their_corners_than_measured(head: Head) -> None:
    """The measured lid rises by 0.81 of its middle beside the outer corner, and by 0.5 at the corner."""
    moved = _moves(head, "eyeWideLeft")[:, 1]
    outer, _, beside_outer, _, middle, *_, inner = moved[list(t.LEFT_UPPER_LID)]
    assert middle > 0.003
    assert beside_outer < 0.76 * middle
    assert max(abs(outer), abs(inner)) < 0.44 * middle


def test_a_frown_draws_the_brows_together_without_hanging_over_the_lids(head: Head) -> None:
    face, moved = head.template[: t.FACE_POINT_COUNT], _moves(head, "browDownLeft")
    frowning = face + DEEP_FROWN * moved
    assert moved[LEFT_INNER_BROW, 0] < -0.002
    assert moved[LEFT_INNER_BROW, 1] < -0.003
    assert frowning[LEFT_INNER_BROW, 1] > frowning[BELOW_LEFT_BROW, 1]


@pytest.mark.parametrize(
    ("name", "landmark", "axis", "least"),
    [
        ("mouthFrownLeft", LEFT_CORNER, 1, -0.003),
        ("mouthUpperUpLeft", 269, 1, 0.003),
        ("mouthLowerDownLeft", 405, 1, -0.003),
        ("mouthRollUpper", UPPER_EDGE, 2, -0.002),
        ("mouthFunnel", UPPER_EDGE, 2, 0.001),
        ("jawLeft", CHIN, 0, 0.008),
        ("jawRight", CHIN, 0, -0.008),
    ],
)
def test_a_signal_does_what_it_is_called(
    head: Head, name: str, landmark: int, axis: int, least: float
) -> None:
    moved = float(_moves(head, name)[landmark, axis])
    assert np.sign(least) * moved > abs(least)


def test_the_chin_stays_when_only_lips_open(head: Head) -> None:
    for name in ("mouthFunnel", "mouthUpperUpLeft", "mouthLowerDownLeft"):
        moved = _moves(head, name)
        opened = abs(float(moved[UPPER_LIP, 1] - moved[LOWER_LIP, 1]))
        assert abs(float(moved[CHIN, 1])) < 0.35 * opened


@pytest.mark.parametrize(
    ("name", "landmark", "least"),
    [("mouthPressLeft", 312, 0.0005), ("mouthPressLeft", 405, 0.0060), ("mouthRollUpper", 17, -0.0005)],
)
def test_lips_roll_in_over_each_other(
    shapes: dict[str, npt.NDArray[np.float64]], name: str, landmark: int, least: float
) -> None:
    """A pressed upper lip does not sink; the lower one's edge rises, also over a rolled upper lip."""
    assert shapes[name][landmark, 1] > least


def test_what_is_taken_along_keeps_the_sides_mirror_images(
    shapes: dict[str, npt.NDArray[np.float64]],
) -> None:
    mirror = bundled_measurement().mirror
    for name in SHARES_OF_OTHERS:
        left, right = (shapes[name + side if name + side in shapes else name] for side in ("Left", "Right"))
        np.testing.assert_allclose(left, right[mirror] * [-1.0, 1.0, 1.0], atol=1e-9)

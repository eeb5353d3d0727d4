"""Lips in contact: they meet in every shape that closes them, and no shape presses them into the teeth."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.builtin.shapes.closed_lips import meeting, pinched
from flame_model.builtin.shapes.lip_contact import MEETING, PINCHED, in_contact
from flame_model.builtin.shapes.over_teeth import over_teeth
from flame_model.face import topology as t
from flame_model.face.measured_face import bundled_measurement
from flame_model.find_heads import load_head

Points = npt.NDArray[np.float64]

UPPER, LOWER = np.array(t.UPPER_INNER_LIP[1:-1]), np.array(t.LOWER_INNER_LIP[1:-1])
UPPER_EDGE, LOWER_EDGE, CHEEK, CHIN = 0, 17, 50, 152


@pytest.fixture(scope="module")
def face() -> Points:
    return bundled_measurement().neutral


def _parted(face: Points, gap_m: float) -> Points:
    """Return a shape (468, 3) whose lower lip sinks by a gap."""
    shape = np.zeros_like(face)
    shape[LOWER, 1] = -gap_m
    return shape


@pytest.mark.parametrize("gap_m", [0.004, -0.004])
def test_parted_and_overlapping_lips_meet(face: Points, gap_m: float) -> None:
    shape = meeting(face, _parted(face, gap_m))
    np.testing.assert_allclose(shape[UPPER, 1], shape[LOWER, 1], atol=1e-6)
    assert abs(shape[CHEEK]).max() < 1e-4


def test_lips_that_overlap_by_half_keep_the_other_half(face: Points) -> None:
    shape = meeting(face, _parted(face, -0.004), share=0.5)
    np.testing.assert_allclose(shape[UPPER, 1] - shape[LOWER, 1], -0.002, atol=1e-6)


def test_skin_pressed_into_the_teeth_is_held_before_them(face: Points) -> None:
    pressed = np.zeros_like(face)
    pressed[[UPPER_EDGE, LOWER_EDGE, CHIN], 2] = -0.020
    held = over_teeth(face, pressed)
    assert (held[[UPPER_EDGE, LOWER_EDGE], 2] > -0.012).all()
    assert held[CHIN, 2] == -0.020
    free = np.broadcast_to([0.0, 0.0, 0.001], face.shape)
    np.testing.assert_array_equal(over_teeth(face, free), free)


def test_the_closing_signals_are_those_of_a_head(face: Points) -> None:
    shapes = {name: np.zeros_like(face) for name in (*MEETING, *PINCHED, "jawOpen")}
    assert set(in_contact(shapes, face)) == {*shapes, "mouthClose"}
    names = {
        name.removesuffix("Left").removesuffix("Right") for name in load_head("builtin").expression_names
    }
    assert {name.removesuffix("Left").removesuffix("Right") for name in MEETING} <= names


@pytest.mark.parametrize("name", ["mouthPress", "mouthDimple", "mouthSmile", "mouthStretch"])
def test_lips_closed_by_a_signal_stay_full(name: str) -> None:
    head = load_head("builtin")
    moved = head.template[:468] + sum(
        head.expression_basis[:468, :, head.expression_names.index(name + side)] for side in ("Left", "Right")
    )
    assert np.abs(moved[UPPER, 1] - moved[LOWER, 1]).max() < 0.0015
    height = moved[UPPER_EDGE, 1] - moved[LOWER_EDGE, 1]
    assert height > 0.35 * (head.template[UPPER_EDGE, 1] - head.template[LOWER_EDGE, 1])


def test_pinched_lips_overlap_beside_the_middle_only(face: Points) -> None:
    moved = pinched(face, 0.003)
    overlap = moved[LOWER, 1] - moved[UPPER, 1]
    assert abs(overlap[len(UPPER) // 2]) < 1e-9
    np.testing.assert_allclose(overlap[[0, -1]], 0.003, atol=1e-4)

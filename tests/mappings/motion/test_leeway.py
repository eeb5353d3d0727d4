"""The leeway keeps a turned head in the picture, and does nothing to one that is well within it."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.rotations import matrix_from_axis_angle
from mappings.motion.leeway import NECK, Leeway, limited, shift_by_turn


def test_within_half_of_it_nothing_is_limited():
    shift = np.array([0.01, -0.005, 0.02])
    np.testing.assert_array_equal(Leeway().in_picture(shift, np.eye(3)), shift)


def test_a_head_that_comes_near_is_lowered():
    """The crown of a near head appears higher."""
    far, near = (Leeway().in_picture(np.array([0.0, 0.02, z]), np.eye(3)) for z in (0.0, 0.08))
    assert near[1] < far[1] < 0.02


def test_the_neck_does_not_move_by_a_turn():
    turn = matrix_from_axis_angle([0.3, 0.5, -0.2])
    np.testing.assert_allclose(shift_by_turn(turn, NECK), 0, atol=1e-12)
    assert shift_by_turn(matrix_from_axis_angle([0, 0.5, 0]), np.zeros(3))[0] > 0.04


@pytest.mark.parametrize("value", [-5.0, 0.0, 0.4, 0.6, 1.0, 50.0])
def test_the_limit_is_soft(value):
    found = limited(value, 1.0)
    assert found <= 1.0
    assert found == value or value > 0.5
    assert limited(value + 0.01, 1.0) >= found

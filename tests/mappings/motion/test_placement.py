"""A face in front of a camera is placed in the scene."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.rotations import matrix_from_axis_angle
from mappings.motion.placement import Placement, soft_limited


def transform_of(axis_angle, place) -> np.ndarray:
    """Return a transform (4, 4)."""
    transform = np.eye(4)
    transform[:3, :3] = matrix_from_axis_angle(axis_angle)
    transform[:3, 3] = place
    return transform


def test_the_first_place_is_the_centre_and_turns_stay():
    placement = Placement()
    face = transform_of((0, 0.4, 0), (0.2, 0.1, -0.5))
    np.testing.assert_allclose(placement.place(face), transform_of((0, 0.4, 0), (0, 0, 0)), atol=1e-9)
    nearer = placement.place(transform_of((0, 0, 0), (0.2, 0.1, -0.49)))
    np.testing.assert_allclose(nearer[:3, 3], (0, 0, 0.01), atol=1e-4)


def test_after_recentre_a_camera_at_the_side_counts_as_in_front():
    """The person faces a camera 30 degrees aside, then moves 2 cm towards where they look."""
    placement = Placement()
    aside = transform_of((0, np.radians(30), 0), (0.1, 0, -0.6))
    placement.recentre(aside)
    np.testing.assert_allclose(placement.place(aside), np.eye(4), atol=1e-9)
    moved = aside.copy()
    moved[:3, 3] += 0.02 * aside[:3, 2]
    np.testing.assert_allclose(placement.place(moved)[:3, 3], (0, 0, 0.02), atol=3e-4)


@pytest.mark.parametrize("distance", [0.001, 0.05, 0.5, 50.0])
def test_the_limit_is_soft_and_keeps_the_direction(distance):
    direction = np.array([0.6, -0.8, 0.0])
    limited = soft_limited(direction * distance, 0.12)
    length = np.linalg.norm(limited)
    np.testing.assert_allclose(limited / length, direction, atol=1e-9)
    assert length <= 0.12
    if distance < 0.01:
        assert length == pytest.approx(distance, rel=1e-3)


def test_no_offset_stays_none():
    np.testing.assert_array_equal(soft_limited(np.zeros(3), 0.12), 0)

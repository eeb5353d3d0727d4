"""A head keeps its place in the picture: movements are seen at once, and what lasts becomes the middle."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.rotations import matrix_from_axis_angle
from mappings.mirror import mirrored_transform
from mappings.motion.leeway import CHIN, CROWN_RISE, NECK, SKULL, Leeway, shift_by_turn
from mappings.motion.placement import PIVOT, Placement

STEP_S = 1 / 30
LEEWAY = Leeway(up=0.02, down=0.03, aside=0.01, depth=0.02, side=0.05)


def transform_of(axis_angle, shoulders) -> np.ndarray:
    """Return the pose (4, 4) of a face that is turned over shoulders at a place (3,) in metres."""
    transform = np.eye(4)
    transform[:3, :3] = matrix_from_axis_angle(np.asarray(axis_angle, dtype=float))
    transform[:3, 3] = np.asarray(shoulders) + PIVOT - transform[:3, :3] @ PIVOT
    return transform


@pytest.fixture
def placement() -> Placement:
    """Return a placement that has seen a face half a metre away."""
    placement = Placement(LEEWAY)
    placement.follow(transform_of((0, 0, 0), (0.2, 0.1, -0.5)), 0.0)
    return placement


def follow(placement: Placement, transforms, start_s: float = 0.0) -> np.ndarray:
    """Follow poses, one in a step, and return the shift (N, 3) of the shoulders after each."""
    shifts = []
    for frame, transform in enumerate(transforms, start=1):
        placement.follow(transform, start_s + frame * STEP_S)
        shifts.append(placement.shoulders(transform).shift)
    return np.array(shifts)


def test_the_first_place_is_the_middle_and_turns_stay():
    placement = Placement(LEEWAY)
    face = transform_of((0, 0.4, 0), (0.2, 0.1, -0.5))
    np.testing.assert_allclose(placement.turn(face), face[:3, :3])
    first = placement.shoulders(face)
    placement.follow(face, 0.0)
    np.testing.assert_allclose(placement.shoulders(face).shift, first.shift)
    np.testing.assert_allclose(first.lean, 0, atol=1e-9)


@pytest.mark.parametrize("turn", [(0, 0.6, 0), (0.4, 0, 0), (0, 0, 0.3)])
def test_a_turn_leaves_the_shoulders_where_they_are(placement, turn):
    angles = np.outer(np.linspace(0, 1, 15), turn)
    shifts = follow(placement, [transform_of(each, (0.2, 0.1, -0.5)) for each in angles])
    assert np.abs(shifts[:, [0, 2]]).max() < 0.002
    # A deep nod lifts the shoulders, so that the chin stays in the picture.
    assert np.abs(shifts[:, 1]).max() < (0.02 if turn[0] else 0.003)


def test_the_pose_is_turn_and_place_of_the_shown_face(placement):
    face = transform_of((0, 0.4, 0), (0.204, 0.1, -0.5))
    pose = placement.pose(face)
    np.testing.assert_allclose(pose[:3, :3], face[:3, :3])
    neck = pose[:3, :3] @ NECK + pose[:3, 3]
    np.testing.assert_allclose(neck, NECK + placement.shoulders(face).shift, atol=1e-9)


def test_small_movements_are_shown_at_once_and_as_they_are(placement):
    moved = transform_of((0, 0, 0), (0.204, 0.096, -0.494))
    placement.follow(moved, STEP_S)
    np.testing.assert_allclose(placement.shoulders(moved).shift, (0.004, -0.004, 0.006), rtol=0.1)


def test_movements_lean_the_shoulders_to_their_side(placement):
    aside = placement.shoulders(transform_of((0, 0, 0), (0.21, 0.1, -0.5))).lean
    nearer = placement.shoulders(transform_of((0, 0, 0), (0.2, 0.1, -0.49))).lean
    assert matrix_from_axis_angle(aside)[0, 1] > 0.02
    assert matrix_from_axis_angle(nearer)[2, 1] > 0.02


def test_rocking_stays_in_the_picture_and_keeps_its_beat(placement):
    times = np.arange(1, 300) * STEP_S
    rocking = 0.05 * np.sin(2 * np.pi * 0.7 * times)
    shifts = follow(placement, [transform_of((0, 0, 0), (0.2 + x, 0.1, -0.5)) for x in rocking])[:, 0]
    assert 0.015 < np.abs(shifts[150:]).max() < 0.03
    assert np.corrcoef(shifts[150:], rocking[150:])[0, 1] > 0.97


def test_somebody_who_walks_is_soon_in_the_middle_again(placement):
    walked = [transform_of((0, 0, 0), (0.2 + x, 0.1, -0.5)) for x in np.linspace(0, 0.6, 60)]
    assert 0.01 < follow(placement, walked)[-1, 0] < 0.03
    after = follow(placement, [walked[-1]] * 240, start_s=2.0)
    assert abs(after[-1, 0]) < 0.003
    assert np.abs(np.diff(after[:, 0])).max() < 0.006 * STEP_S, "nobody sees it move"


def test_on_the_way_back_they_move_at_once(placement):
    out = np.linspace(0, 0.6, 60)
    there = follow(placement, [transform_of((0, 0, 0), (0.2 + x, 0.1, -0.5)) for x in out])[-1, 0]
    back = transform_of((0, 0, 0), (0.2 + 0.6 - 0.03, 0.1, -0.5))
    assert follow(placement, [back], start_s=2.0)[-1, 0] < there - 0.005


def test_a_turn_that_lasts_brings_the_face_to_the_middle(placement):
    aside = transform_of((0, 0.5, 0), (0.2, 0.1, -0.5))
    shifts = follow(placement, [aside] * 900)[:, 0]
    assert abs(shifts[10]) < 0.003
    assert -0.04 < shifts[-1] < -0.015


@pytest.mark.parametrize("turn", [(0, 0, 0), (0.5, 0, 0), (-0.5, 0.3, 0), (0.2, -0.8, 0.4)])
@pytest.mark.parametrize("rise", [-0.3, 0.3])
def test_crown_and_chin_stay_within_their_leeway(placement, turn, rise):
    shifts = follow(placement, [transform_of(turn, (0.2, 0.1 + rise, -0.5))])
    turned = matrix_from_axis_angle(np.array(turn, dtype=float))
    crown = shifts[0] + shift_by_turn(turned, SKULL)
    assert crown[1] + CROWN_RISE * crown[2] <= LEEWAY.up
    assert abs(crown[0]) <= LEEWAY.side
    assert (shifts[0] + shift_by_turn(turned, CHIN))[1] >= -LEEWAY.down - 1e-9


def test_after_recentre_a_camera_at_the_side_counts_as_in_front():
    """The person faces a camera 30 degrees aside, then moves 4 mm towards where they look."""
    placement = Placement(LEEWAY)
    aside = transform_of((0, np.radians(30), 0), (0.1, 0, -0.6))
    placement.follow(aside, 0.0)
    placement.recentre(aside[:3, :3])
    placement.follow(aside, STEP_S)
    np.testing.assert_allclose(placement.turn(aside), np.eye(3), atol=1e-9)
    np.testing.assert_allclose(placement.shoulders(aside).shift, 0, atol=1e-9)
    moved = aside.copy()
    moved[:3, 3] += 0.004 * aside[:3, 2]
    np.testing.assert_allclose(placement.shoulders(moved).shift, (0, 0, 0.004), atol=1e-4)


def test_a_face_that_was_found_again_is_in_the_middle(placement):
    elsewhere = transform_of((0, 0, 0), (-0.3, 0.2, -0.9))
    placement.restart()
    placement.follow(elsewhere, STEP_S)
    np.testing.assert_allclose(placement.shoulders(elsewhere).shift, 0, atol=1e-9)


def test_mirroring_mirrors_what_is_shown(placement):
    placement.recentre(matrix_from_axis_angle([0, 0.2, 0]))
    for frame, x in enumerate((0.2, 0.22, 0.21)):
        face = transform_of((0.1, 0.3, 0.1), (x, 0.1, -0.5))
        placement.follow(face, frame * STEP_S)
    before, turn = placement.shoulders(face).shift, placement.turn(face)
    placement.mirror()
    mirrored = mirrored_transform(face)
    np.testing.assert_allclose(placement.shoulders(mirrored).shift, before * (-1, 1, 1), atol=1e-9)
    np.testing.assert_allclose(placement.turn(mirrored), turn * np.outer((-1, 1, 1), (-1, 1, 1)), atol=1e-9)

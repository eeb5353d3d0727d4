"""A pose that follows the skin at first and the landmarks in the long run."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import SKULL_POINTS
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle
from mappings.motion.steady_pose import GAP_S, MOST_TURN, SteadyPose

FPS = 30.0
STILL = np.zeros(6)
PLACE = np.array([0.01, -0.02, -0.5])


def pose(turn_deg: float = 0.0, axis: int = 0, place: np.ndarray = PLACE) -> np.ndarray:
    """Return a pose (4, 4) that is turned about one axis about the middle of the skull's landmarks."""
    middle = bundled_measurement().neutral[list(SKULL_POINTS)].mean(axis=0)
    result = np.eye(4)
    result[:3, :3] = matrix_from_axis_angle(np.radians(turn_deg) * np.eye(3)[axis])
    result[:3, 3] = place - result[:3, :3] @ middle
    return result


def turn_of(steady: np.ndarray) -> float:
    """Return the angle of a pose's turn in degrees."""
    return float(np.degrees(np.linalg.norm(axis_angle_from_matrix(steady[:3, :3]))))


def follow(steady: SteadyPose, poses: list[np.ndarray], motions: list, begin: int = 0) -> list[np.ndarray]:
    """Return the steady poses of frames."""
    return [
        steady.follow(each, motion, (begin + index) / FPS)
        for index, (each, motion) in enumerate(zip(poses, motions, strict=True))
    ]


def settled() -> SteadyPose:
    """Return what has followed a still face for two seconds."""
    steady = SteadyPose()
    follow(steady, [pose()] * 60, [None] + [STILL] * 59)
    return steady


def test_the_first_pose_passes():
    np.testing.assert_allclose(SteadyPose().follow(pose(7.0), None, 0.0), pose(7.0), atol=1e-12)


def test_landmarks_that_nod_for_a_moment_do_not_turn_a_still_head():
    shown = follow(settled(), [pose(1.5)] * 6 + [pose()] * 6, [STILL] * 12, begin=60)

    assert max(turn_of(each) for each in shown) < 0.1
    assert max(np.linalg.norm(each[:3, 3] - pose()[:3, 3]) for each in shown) < 0.0003


def test_a_turn_of_skin_and_landmarks_is_shown_at_once():
    step = np.array([np.radians(1.0), 0.0, 0.0, 0.0, 0.0, 0.0])
    turns = np.arange(1.0, 11.0)

    shown = follow(settled(), [pose(turn) for turn in turns], [step] * 10, begin=60)

    np.testing.assert_allclose([turn_of(each) for each in shown], turns, atol=0.05)


def test_in_the_long_run_the_landmarks_are_right():
    shown = follow(settled(), [pose(2.0)] * 900, [STILL] * 900, begin=60)

    assert turn_of(shown[-1]) == pytest.approx(2.0, abs=0.05)
    steps = np.diff([turn_of(each) for each in shown])
    assert steps.max() < 0.02  # degrees a frame, which nobody sees


def test_a_still_head_stays_near_the_landmarks_turn():
    shown = follow(settled(), [pose(10.0)] * 2, [STILL] * 2, begin=60)

    assert turn_of(shown[0]) == pytest.approx(10.0 - np.degrees(MOST_TURN), abs=0.1)


def test_while_the_head_turns_anyway_the_landmarks_turn_is_followed():
    """The landmarks turn twice as fast as the skin."""
    step = np.array([0.0, np.radians(1.0), 0.0, 0.0, 0.0, 0.0])
    turns = 2.0 * np.arange(1.0, 11.0)

    shown = follow(settled(), [pose(turn, axis=1) for turn in turns], [step] * 10, begin=60)

    assert turn_of(shown[-1]) == pytest.approx(20.0, abs=0.2)


def test_a_motion_that_is_not_known_is_that_of_the_landmarks():
    steady = settled()
    follow(steady, [pose(1.0)], [STILL], begin=60)  # the head is now at 0, 1 degree from the landmarks

    shown = follow(steady, [pose(1.5)], [None], begin=61)

    assert turn_of(shown[0]) == pytest.approx(0.5, abs=0.05)


def test_a_shift_and_growth_move_the_place():
    unit = float(np.linalg.norm(np.subtract(*bundled_measurement().neutral[[33, 263]])))
    nearer = PLACE / 1.02 + [0.01, 0.0, 0.0]
    motion = np.array([0.0, 0.0, 0.0, 1.02 * 0.01 / unit, 0.0, 0.02])

    shown = follow(settled(), [pose(place=nearer)], [motion], begin=60)

    np.testing.assert_allclose(shown[0], pose(place=nearer), atol=1e-6)


@pytest.mark.parametrize("step_s", [0.0, -1.0, GAP_S])
def test_a_clock_that_jumps_begins_afresh(step_s):
    steady = settled()

    np.testing.assert_allclose(steady.follow(pose(30.0), STILL, 59 / FPS + step_s), pose(30.0), atol=1e-12)


def test_reset_begins_afresh():
    steady = settled()
    steady.reset()

    np.testing.assert_allclose(steady.follow(pose(30.0), STILL, 2.0), pose(30.0), atol=1e-12)

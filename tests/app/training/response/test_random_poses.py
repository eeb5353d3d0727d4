"""The random poses that a head's response is measured with."""

from __future__ import annotations

from itertools import islice, pairwise

import numpy as np
import pytest

from app.training.response.random_poses import (
    SIGNAL_RANGE,
    STEPS,
    TURN_LIMIT_DEGREES,
    Pose,
    interleaved_sequences,
    pose_sequence,
    random_lighting,
    random_pose,
)
from flame_model.rotations import matrix_from_axis_angle, yaw_pitch_roll
from mappings.signals import SIGNAL_COUNT
from render.scene.lighting import Lighting

PEOPLE = np.random.default_rng(5).uniform(0.0, 1.0, (30, SIGNAL_COUNT)).astype(np.float32)


def drawn(count: int, seed: int = 0) -> list[Pose]:
    generator = np.random.default_rng(seed)
    return [random_pose(generator, PEOPLE) for _ in range(count)]


def test_the_same_seed_gives_the_same_poses() -> None:
    for one, other in zip(drawn(20), drawn(20), strict=True):
        for name in ("signals", "turn", "shift"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert not np.allclose(drawn(1)[0].signals, drawn(1, seed=1)[0].signals)


def test_poses_stay_within_what_a_head_is_used_for() -> None:
    poses = drawn(300)
    signals = np.array([pose.signals for pose in poses])
    assert signals.min() >= SIGNAL_RANGE[0]
    assert signals.max() <= SIGNAL_RANGE[1]
    assert (signals.max(axis=0) > 0.5).all(), "every signal is met"
    turns = matrix_from_axis_angle(np.array([pose.turn for pose in poses]))
    angles = np.degrees([yaw_pitch_roll(turn) for turn in turns])
    assert (np.abs(angles).max(axis=0) <= TURN_LIMIT_DEGREES + 1e-6).all()
    assert (angles.std(axis=0) > 4.0).all()


def test_a_sequence_goes_evenly_from_pose_to_pose() -> None:
    poses = iter(drawn(9))
    keys = drawn(9)
    passed = list(pose_sequence(lambda: next(poses), 4 * STEPS))
    assert len(passed) == 4 * STEPS
    for key, reached in zip(keys[1:], passed[STEPS - 1 :: STEPS], strict=False):
        np.testing.assert_allclose(reached.signals, key.signals)
        np.testing.assert_allclose(reached.turn, key.turn, atol=1e-9)
        np.testing.assert_allclose(reached.shift, key.shift)
    steps = [after.signals - before.signals for before, after in pairwise(islice(passed, STEPS))]
    np.testing.assert_allclose(steps, np.broadcast_to(steps[0], (STEPS - 1, SIGNAL_COUNT)), atol=1e-9)


def test_sequences_take_turns_and_each_goes_evenly() -> None:
    poses, keys = iter(drawn(9)), drawn(9)
    passed = list(interleaved_sequences(lambda: next(poses), 4 * STEPS - 1, 2))
    assert len(passed) == 4 * STEPS - 1
    first = passed[::2]
    np.testing.assert_allclose(first[STEPS - 1].signals, keys[1].signals)
    steps = [after.signals - before.signals for before, after in pairwise(first[:STEPS])]
    np.testing.assert_allclose(steps, np.broadcast_to(steps[0], (STEPS - 1, SIGNAL_COUNT)), atol=1e-9)


def test_lightings_differ_in_their_lights_alone() -> None:
    generator = np.random.default_rng(0)
    lightings = [random_lighting(generator) for _ in range(20)]
    assert len({lighting.exposure for lighting in lightings}) == 20
    assert np.mean([lighting.exposure for lighting in lightings]) == pytest.approx(1.0, abs=0.1)
    assert lightings[0].key.direction != lightings[1].key.direction
    assert all(lighting.rim == Lighting().rim for lighting in lightings)
    assert random_lighting(np.random.default_rng(0)) == lightings[0]

"""Whoever drives the head, and however it is framed, its crown stays in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from app.pipeline.placing import framed_placement
from flame_model.deform import PreparedHead, deform, prepare
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import rest_params
from flame_model.rotations import matrix_from_yaw_pitch_roll
from mappings.motion.head_pose import HeadPose, pose_on_shoulders
from mappings.scores.layout import Coefficients
from render.framing import FRAMINGS
from render.framing_names import FRAMING_NAMES

STEP_S = 1 / 30


@pytest.fixture(scope="module")
def head() -> Head:
    """Return the built-in head."""
    return load_head("builtin")


@pytest.fixture(scope="module")
def prepared(head: Head) -> PreparedHead:
    """Return the built-in head, ready to be deformed."""
    return prepare(head)


def restless_poses(count: int) -> list[np.ndarray]:
    """Return poses (4, 4) of somebody who walks, jumps, nods and turns, one for each frame."""
    random = np.random.default_rng(4)
    times = np.arange(count) * STEP_S
    phases, rates = random.uniform(0, 6, (6, 1)), random.uniform(0.3, 1.5, (6, 1))
    x, y, z, yaw, pitch, roll = np.sin(phases + rates * 2 * np.pi * times)
    poses = []
    for frame in range(count):
        pose = np.eye(4)
        pose[:3, :3] = matrix_from_yaw_pitch_roll(
            np.radians([50 * yaw[frame], 35 * pitch[frame], 25 * roll[frame]])
        )
        pose[:3, 3] = 0.3 * x[frame], 0.15 * y[frame], 0.25 * z[frame] - 0.6
        poses.append(pose)
    return poses


@pytest.mark.parametrize("name", FRAMING_NAMES)
def test_the_crown_stays_in_the_picture(name: str, head: Head, prepared: PreparedHead) -> None:
    framing, count = FRAMINGS[name], head.expression_count
    placement, camera = framed_placement(head, framing), framing.camera(head)
    picture = camera.projection((512, 512)) @ camera.view()
    skull, joints = head.skin_weights[:, 0] < 0.1, prepared.joints
    rest = Coefficients(np.zeros(count), np.zeros(3), np.zeros((2, 3)), np.zeros(2))
    places = []
    for frame, pose in enumerate(restless_poses(150)):
        placement.follow(pose, frame * STEP_S)
        shown: HeadPose = pose_on_shoulders(placement.turn(pose), placement.shoulders(pose), joints)
        vertices = deform(prepared, shown.with_coefficients(rest))[skull]
        clip = np.c_[vertices, np.ones(len(vertices))] @ picture.T
        places.append(clip[:, :2] / clip[:, 3:])
    high, low = np.max(places, axis=(0, 1)), np.min(places, axis=(0, 1))
    assert high[1] < 1.0, "the crown"
    if name != "face":
        assert max(high[0], -low[0]) < 1.0, "the ears"


def test_tighter_framings_leave_less_room(head: Head) -> None:
    pose = np.eye(4)
    pose[:3, 3] = 0.0, 0.0, -0.6
    rises = []
    for name in FRAMING_NAMES:
        placement = framed_placement(head, FRAMINGS[name])
        placement.follow(pose, 0.0)
        raised = pose.copy()
        raised[1, 3] = 0.2
        rises.append(placement.shoulders(raised).shift[1])
    assert 0.0 < rises[0] < rises[1] < rises[2]


def test_at_rest_the_head_is_where_its_framing_has_it(head: Head) -> None:
    pose = np.eye(4)
    pose[:3, 3] = 0.1, 0.2, -0.6
    placement = framed_placement(head)
    placement.follow(pose, 0.0)
    joints = head.joint_regressor @ head.template
    shown = pose_on_shoulders(placement.turn(pose), placement.shoulders(pose), joints)
    rest = rest_params(head.expression_count)
    np.testing.assert_allclose(shown.translation, rest.translation, atol=1e-9)
    np.testing.assert_allclose(shown.rotation, rest.rotation, atol=1e-9)

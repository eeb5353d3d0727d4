"""The pose of a tracked transformation places the head by the same transformation."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from flame_model.rotations import matrix_from_axis_angle, yaw_pitch_roll
from mappings.motion.head_pose import (
    Shoulders,
    carried_origin,
    head_pose,
    pose_on_shoulders,
    split_rotation,
)

JOINTS = np.array(
    [[0, -0.15, -0.02], [0, -0.07, -0.01], [0, -0.01, 0.02], [0.03, 0.03, 0.05], [-0.03, 0.03, 0.05]]
)
TENTH_OF_A_DEGREE = np.radians(0.1)
ANGLES = list(product((-40, -20, 0, 40), (-30, 0, 15, 30), (-30, 0, 30)))


def rotation_of(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """Return the rotation of three angles in degrees, yaw outermost."""
    about_y, about_x, about_z = (
        np.radians(angle) * axis for angle, axis in zip((yaw, pitch, roll), np.eye(3)[[1, 0, 2]], strict=True)
    )
    return matrix_from_axis_angle(about_y) @ matrix_from_axis_angle(about_x) @ matrix_from_axis_angle(about_z)


def transform_of(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """Return a facial transformation half a metre from the camera."""
    transform = np.eye(4)
    transform[:3, :3] = rotation_of(yaw, pitch, roll)
    transform[:3, 3] = (0.05, -0.03, -0.5)
    return transform


def angle_between(first: np.ndarray, second: np.ndarray) -> float:
    """Return the angle in radians that turns one rotation into another."""
    return float(np.arccos(np.clip((np.trace(first.T @ second) - 1) / 2, -1, 1)))


@pytest.mark.parametrize("angles", ANGLES)
def test_turns_come_back_within_a_tenth_of_a_degree(angles):
    transform = transform_of(*angles).astype(np.float32)
    pose = head_pose(transform, JOINTS)
    whole = matrix_from_axis_angle(pose.rotation) @ matrix_from_axis_angle(pose.neck)
    assert angle_between(whole, rotation_of(*angles)) < TENTH_OF_A_DEGREE
    np.testing.assert_allclose(np.degrees(yaw_pitch_roll(whole)), angles, atol=0.1)


@pytest.mark.parametrize("angles", ANGLES[::5])
def test_the_head_goes_where_the_face_is(angles):
    transform = transform_of(*angles)
    pose = head_pose(transform, JOINTS)
    root, neck = matrix_from_axis_angle(pose.rotation), matrix_from_axis_angle(pose.neck)
    for point in np.array([[0, 0, 0], [0, -0.01, 0.08], [0.07, 0, 0]]):
        bent = neck @ (point - JOINTS[1]) + JOINTS[1]
        posed = root @ (bent - JOINTS[0]) + JOINTS[0] + pose.translation
        np.testing.assert_allclose(posed, transform[:3, :3] @ point + transform[:3, 3], atol=1e-9)


@pytest.mark.parametrize(
    ("angles", "axis", "sign"),
    [((30, 0, 0), 0, 1), ((-30, 0, 0), 0, -1), ((0, 20, 0), 1, -1), ((0, -20, 0), 1, 1)],
    ids=["yaw to the person's left", "yaw to the person's right", "looks down", "looks up"],
)
def test_the_nose_points_where_the_angles_say(angles, axis, sign):
    rotation, neck = split_rotation(rotation_of(*angles))
    nose = matrix_from_axis_angle(rotation) @ matrix_from_axis_angle(neck) @ np.array([0, 0, 1])
    assert np.sign(nose[axis]) == sign
    assert abs(nose[axis]) > 0.3


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_the_neck_takes_its_share(share):
    rotation, neck = split_rotation(rotation_of(40, 0, 0), share)
    np.testing.assert_allclose(np.degrees(neck), [0, 40 * share, 0], atol=1e-6)
    np.testing.assert_allclose(np.degrees(rotation), [0, 40 * (1 - share), 0], atol=1e-6)


def test_each_axis_can_have_its_own_share():
    rotation, neck = split_rotation(rotation_of(30, 20, 10), (0.7, 0.9, 0.8))
    whole = matrix_from_axis_angle(rotation) @ matrix_from_axis_angle(neck)
    assert angle_between(whole, rotation_of(30, 20, 10)) < TENTH_OF_A_DEGREE
    nodding, turning, _ = np.abs(rotation)
    assert nodding > turning, "the shoulders nod more than they turn"


@pytest.mark.parametrize("angles", ANGLES[::5])
@pytest.mark.parametrize("lean", [(0, 0, 0), (0.1, 0, -0.08)])
def test_on_shoulders_the_neck_is_where_the_shift_has_it(angles, lean):
    turn, shift = rotation_of(*angles), np.array([0.02, -0.01, 0.03])
    upright = pose_on_shoulders(turn, Shoulders(shift, np.zeros(3)), JOINTS)
    pose = pose_on_shoulders(turn, Shoulders(shift, np.array(lean)), JOINTS)
    root, neck = matrix_from_axis_angle(pose.rotation), matrix_from_axis_angle(pose.neck)
    np.testing.assert_allclose(root @ neck, turn, atol=1e-9)
    np.testing.assert_allclose(upright.translation, shift, atol=1e-12)
    neck_places = [
        matrix_from_axis_angle(each.rotation) @ (JOINTS[1] - JOINTS[0]) + JOINTS[0] + each.translation
        for each in (pose, upright)
    ]
    np.testing.assert_allclose(*neck_places, atol=1e-9)


def test_a_head_at_rest_keeps_its_origin():
    np.testing.assert_allclose(carried_origin(np.zeros(3), np.zeros(3), JOINTS), np.zeros(3), atol=1e-12)


def test_a_filmed_turn_has_the_sign_of_the_nose(test_data):
    """In a picture that is not mirrored the person's left is the picture's right."""
    people = np.load(test_data / "people_landmarks.npz")
    yaw = np.array([yaw_pitch_roll(T[:3, :3])[0] for T in people["T_camera_face_cm"]])
    nose, right_eye, left_eye = (people["landmarks_px"][:, index, 0] for index in (1, 33, 263))
    offset = (nose - (right_eye + left_eye) / 2) / (left_eye - right_eye)
    turned = np.abs(yaw) > np.radians(10)
    assert turned.sum() > 10
    assert (np.sign(offset[turned]) == np.sign(yaw[turned])).all()

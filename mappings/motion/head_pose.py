"""The place and turn of a head from the tracker's facial transformation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from flame_model.params import HeadParams
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle
from mappings.scores.layout import Coefficients

NECK_SHARE = (0.7, 0.9, 0.8)
"""Parts of a head's turn about x, y and z that bend the neck; the rest turns the shoulders too.

Chosen by eye: people turn their heads over shoulders that stay, and nod with the whole neck.
"""
Share = float | tuple[float, float, float]
"""One part of a turn, or one for each axis."""


class HeadPose(NamedTuple):
    """The parameters that place a head, as `HeadParams` takes them."""

    rotation: Array
    """(3,) root joint, axis-angle radians."""
    neck: Array
    """(3,) neck joint, axis-angle radians."""
    translation: Array
    """(3,) metres."""

    def with_coefficients(self, coefficients: Coefficients) -> HeadParams:
        """Return the parameters of a head with this pose and with these coefficients."""
        return HeadParams(
            expression=coefficients.expression,
            jaw=coefficients.jaw,
            eyes=coefficients.eyes,
            neck=self.neck,
            rotation=self.rotation,
            translation=self.translation,
            eyelids=coefficients.eyelids,
        )


class Shoulders(NamedTuple):
    """Where the shoulders are, compared with those of the head at rest."""

    shift: Array
    """(3,) metres."""
    lean: Array
    """(3,) turn of the shoulders, axis-angle radians."""


def pose_on_shoulders(
    turn: Array, shoulders: Shoulders, joints: Array, neck_share: Share = NECK_SHARE
) -> HeadPose:
    """Return the pose of a head that is turned by `turn` (3, 3) over given shoulders.

    `joints` (5, 3) are the head's rest joints in metres. The neck's joint is where it would be if the
    shoulders were shifted but did not lean.
    """
    root = (1.0 - np.asarray(neck_share)) * axis_angle_from_matrix(turn)
    upright, lean = matrix_from_axis_angle(np.stack([root, shoulders.lean]))
    leaning = lean @ upright
    rotation, neck = axis_angle_from_matrix(np.stack([leaning, leaning.T @ turn]))
    return HeadPose(rotation, neck, shoulders.shift + (upright - leaning) @ (joints[1] - joints[0]))


def head_pose(T_camera_face: Array, joints: Array, neck_share: Share = NECK_SHARE) -> HeadPose:
    """Return the pose that carries a head's origin and axes to those of the tracked face.

    `T_camera_face` (4, 4) is in metres, and `joints` (5, 3) are the head's rest joints in metres. The
    tracker's canonical face and our heads share their axes, so its rotation is the head's.
    """
    rotation, neck = split_rotation(T_camera_face[:3, :3], neck_share)
    translation = T_camera_face[:3, 3] - carried_origin(rotation, neck, joints)
    return HeadPose(rotation, neck, translation)


def split_rotation(matrix: Array, neck_share: Share = NECK_SHARE) -> tuple[Array, Array]:
    """Return the turns (3,) of root and neck whose product, root first, is the rotation `matrix` (3, 3).

    Both are axis-angle vectors. With one share they turn about the same axis.
    """
    root = (1.0 - np.asarray(neck_share)) * axis_angle_from_matrix(matrix)
    return root, axis_angle_from_matrix(matrix_from_axis_angle(root).T @ matrix)


def carried_origin(rotation: Array, neck: Array, joints: Array) -> Array:
    """Return where (3,), in metres, root and neck carry the head's origin before any translation."""
    root_joint, neck_joint = np.asarray(joints, dtype=np.float64)[:2]
    root_turn, neck_turn = matrix_from_axis_angle(np.stack([rotation, neck]))
    carried: Array = root_turn @ (neck_joint - neck_turn @ neck_joint - root_joint) + root_joint
    return carried

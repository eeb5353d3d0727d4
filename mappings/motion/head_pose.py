"""The place and turn of a head from the tracker's facial transformation."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from flame_model.params import HeadParams
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle
from mappings.scores.layout import Coefficients

NECK_SHARE = 0.4
"""Part of a head's turn that bends the neck; the rest turns the whole head. Chosen by eye."""


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


def head_pose(T_camera_face: Array, joints: Array, neck_share: float = NECK_SHARE) -> HeadPose:
    """Return the pose that carries a head's origin and axes to those of the tracked face.

    `T_camera_face` (4, 4) is in metres, and `joints` (5, 3) are the head's rest joints in metres. The
    tracker's canonical face and our heads share their axes, so its rotation is the head's.
    """
    rotation, neck = split_rotation(T_camera_face[:3, :3], neck_share)
    translation = T_camera_face[:3, 3] - carried_origin(rotation, neck, joints)
    return HeadPose(rotation, neck, translation)


def split_rotation(matrix: Array, neck_share: float = NECK_SHARE) -> tuple[Array, Array]:
    """Return the turns (3,) of root and neck whose product, root first, is the rotation `matrix` (3, 3).

    Both are axis-angle vectors about the same axis, so the neck bends as the head turns.
    """
    whole = axis_angle_from_matrix(matrix)
    return (1.0 - neck_share) * whole, neck_share * whole


def carried_origin(rotation: Array, neck: Array, joints: Array) -> Array:
    """Return where (3,), in metres, root and neck carry the head's origin before any translation."""
    root_joint, neck_joint = np.asarray(joints, dtype=np.float64)[:2]
    root_turn, neck_turn = matrix_from_axis_angle(np.stack([rotation, neck]))
    carried: Array = root_turn @ (neck_joint - neck_turn @ neck_joint - root_joint) + root_joint
    return carried

"""Place a head by the pose of the face in front of its camera: in a scene, or where the face is."""

from __future__ import annotations

from collections.abc import Callable

from flame_model.arrays import Array, Float64Array
from mappings.motion.head_pose import HeadPose, Share, head_pose, pose_on_shoulders
from mappings.motion.placement import Placement


class PlacedHead:
    """A head with the rest joints (5, 3) in metres; without a `placement` it is before the camera."""

    def __init__(self, joints: Array, neck_share: Share, placement: Placement | None) -> None:
        self._joints = joints
        self._neck_share = neck_share
        self._placement = placement

    def turned(self, pose: Float64Array, change: Callable[[Array], Array]) -> Float64Array:
        """Return a pose (4, 4) before the camera with another turn of the head, and the shoulders in place.

        `change` gets the turn (3, 3), in the scene where there is one; where it returns the same object, so
        does this.
        """
        turn = pose[:3, :3] if self._placement is None else self._placement.turn(pose)
        changed = change(turn)
        if changed is turn:
            return pose
        if self._placement is not None:
            return self._placement.with_turn(pose, changed)
        turned = pose.copy()
        turned[:3, :3] = changed
        return turned

    def pose(self, pose: Float64Array) -> HeadPose:
        """Return the parameters that place the head for a face with the pose (4, 4)."""
        if self._placement is None:
            return head_pose(pose, self._joints, self._neck_share)
        # The turn bends the neck over shoulders that stay.
        turn, shoulders = self._placement.turn(pose), self._placement.shoulders(pose)
        return pose_on_shoulders(turn, shoulders, self._joints, self._neck_share)

"""From where a face is before its camera to where the head is on the stage."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from mappings.mirror import mirrored_transform

STAGE_RADIUS_M = 0.12
"""How far the head goes from the centre of the stage, so that it stays in the picture."""


class Placement:
    """Place a tracked face on a stage: its reference place is the centre, its reference turn looks ahead.

    The first face seen gives the place; its turn stays as it is until `recentre`.
    """

    def __init__(self, radius_m: float = STAGE_RADIUS_M) -> None:
        self._radius_m = radius_m
        self._T_camera_stage: Array | None = None

    def place(self, T_camera_face: Array) -> Array:
        """Return T_scene_face (4, 4), its distance from the centre softly limited; metres."""
        if self._T_camera_stage is None:
            self._T_camera_stage = np.eye(4)
            self._T_camera_stage[:3, 3] = T_camera_face[:3, 3]
        turn, centre = self._T_camera_stage[:3, :3], self._T_camera_stage[:3, 3]
        T_scene_face = np.eye(4)
        T_scene_face[:3, :3] = turn.T @ T_camera_face[:3, :3]
        T_scene_face[:3, 3] = soft_limited(turn.T @ (T_camera_face[:3, 3] - centre), self._radius_m)
        return T_scene_face

    def mirror(self) -> None:
        """Exchange the sides of the stage, as its faces exchange theirs."""
        if self._T_camera_stage is not None:
            self._T_camera_stage = mirrored_transform(self._T_camera_stage)

    def recentre(self, T_camera_face: Array) -> None:
        """Make this place (4, 4) the centre and this turn straight ahead."""
        self._T_camera_stage = np.array(T_camera_face, dtype=np.float64)


def soft_limited(offset: Array, radius: float) -> Array:
    """Return `offset` (3,) in its own direction but never longer than `radius`; short ones hardly change."""
    length = float(np.linalg.norm(offset))
    if length == 0.0:
        return offset
    limited: Array = offset * (radius * np.tanh(length / radius) / length)
    return limited

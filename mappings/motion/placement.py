"""Place a head in the scene by the pose of the face in front of its camera."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from mappings.mirror import mirrored_transform

SCENE_RADIUS_M = 0.12
"""Longest distance of the head from the scene's centre, so that it stays in the picture."""


class Placement:
    """The reference pose that puts a tracked face into the scene.

    A face at the reference place is at the scene's centre, and one with the reference turn looks straight
    ahead. The first face seen sets the reference place. Until `recentre` the reference turn is the camera's.
    The head stays within `radius_m` metres of the centre. A placement belongs to one driver.
    """

    def __init__(self, radius_m: float = SCENE_RADIUS_M) -> None:
        self._radius_m = radius_m
        self._T_camera_scene: Array | None = None

    def place(self, T_camera_face: Array) -> Array:
        """Return T_scene_face (4, 4) in metres, its distance from the centre softly limited."""
        if self._T_camera_scene is None:
            self._T_camera_scene = np.eye(4)
            self._T_camera_scene[:3, 3] = T_camera_face[:3, 3]
        turn, centre = self._T_camera_scene[:3, :3], self._T_camera_scene[:3, 3]
        T_scene_face = np.eye(4)
        T_scene_face[:3, :3] = turn.T @ T_camera_face[:3, :3]
        T_scene_face[:3, 3] = soft_limited(turn.T @ (T_camera_face[:3, 3] - centre), self._radius_m)
        return T_scene_face

    def mirror(self) -> None:
        """Exchange the sides of the scene, as mirrored faces exchange theirs."""
        if self._T_camera_scene is not None:
            self._T_camera_scene = mirrored_transform(self._T_camera_scene)

    def recentre(self, T_camera_face: Array) -> None:
        """Make the place of this pose (4, 4) the centre and its turn straight ahead."""
        self._T_camera_scene = np.array(T_camera_face, dtype=np.float64)


def soft_limited(offset: Array, radius: float) -> Array:
    """Return r tanh(|o| / r) o / |o| for an offset o (3,) and a radius r, both in metres.

    The direction stays, the length stays below the radius, and short offsets hardly change.
    """
    length = float(np.linalg.norm(offset))
    if length == 0.0:
        return offset
    limited: Array = offset * (radius * np.tanh(length / radius) / length)
    return limited

"""The orbit camera: its position around the head, as view and projection matrices."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from flame_model.arrays import Float64Array

FIELD_OF_VIEW = 2.0 * math.atan(12.0 / 85.0)
"""Radians across the shorter side of the picture: an 85 mm portrait lens before a 24 mm high sensor."""
PITCH_LIMIT = math.radians(80.0)
"""Radians, up or down; chosen by trial."""
MAGNIFICATION_RANGE = (0.25, 6.0)
"""Least and largest magnification; chosen by trial."""
ZOOM_STEP = 1.1
"""Factor of the magnification for one step of the mouse wheel."""
NEAREST_DEPTH = 0.02
"""Metres from the eye to the near plane, at least."""


@dataclass(frozen=True, slots=True)
class OrbitCamera:
    """A camera that looks at a point and moves around it; every movement returns a new camera.

    Metres, radians; the world is right-handed with y up, and the head looks along z.
    """

    target: tuple[float, float, float] = (0.0, -0.02, 0.0)
    """The point in the middle of the picture."""
    frame_height: float = 0.40
    """Metres that fit into the shorter side of the picture at magnification 1, measured at the target."""
    yaw: float = 0.0
    """Radians the eye is moved to the head's left."""
    pitch: float = 0.0
    """Radians the eye is moved up."""
    magnification: float = 1.0
    """Size in the picture, as a multiple of the size at `frame_height`."""

    @property
    def distance(self) -> float:
        """Metres from the eye to the target."""
        return self.frame_height / (2.0 * math.tan(FIELD_OF_VIEW / 2.0)) / self.magnification

    @property
    def position(self) -> Float64Array:
        """Position (3,) of the eye in metres."""
        level = math.cos(self.pitch)
        away = np.array([math.sin(self.yaw) * level, math.sin(self.pitch), math.cos(self.yaw) * level])
        return np.asarray(self.target) + self.distance * away

    def pixels_per_metre(self, size: tuple[int, int]) -> float:
        """Return the pixels per metre at the target in a picture of (width, height) pixels."""
        return min(size) * self.magnification / self.frame_height

    def orbit(self, yaw: float, pitch: float) -> OrbitCamera:
        """Return the camera moved around its target."""
        turned = math.remainder(self.yaw + yaw, math.tau)
        return replace(self, yaw=turned, pitch=_clamp(self.pitch + pitch, -PITCH_LIMIT, PITCH_LIMIT))

    def zoom(self, steps: float) -> OrbitCamera:
        """Return the camera magnified by steps of the wheel; negative steps make the head smaller."""
        return replace(
            self, magnification=_clamp(self.magnification * ZOOM_STEP**steps, *MAGNIFICATION_RANGE)
        )

    def reset(self) -> OrbitCamera:
        """Return the camera in front of its target, at magnification 1."""
        return replace(self, yaw=0.0, pitch=0.0, magnification=1.0)

    def view(self) -> Float64Array:
        """Return T_camera_world (4, 4), which maps world to camera coordinates; the camera looks along -z."""
        cy, sy, cp, sp = math.cos(self.yaw), math.sin(self.yaw), math.cos(self.pitch), math.sin(self.pitch)
        axes = np.array([[cy, 0.0, -sy], [-sy * sp, cp, -cy * sp], [sy * cp, sp, cy * cp]])
        view = np.eye(4)
        view[:3, :3] = axes
        view[:3, 3] = -axes @ self.position
        return view

    def projection(self, size: tuple[int, int]) -> Float64Array:
        """Return the perspective projection (4, 4) for a picture of (width, height) pixels."""
        width, height = size
        scale = 1.0 / math.tan(FIELD_OF_VIEW / 2.0)
        shorter = min(width, height)
        near = max(NEAREST_DEPTH, self.distance - 4.0 * self.frame_height)
        far = self.distance + 6.0 * self.frame_height
        projection = np.zeros((4, 4))
        projection[0, 0] = scale * shorter / width
        projection[1, 1] = scale * shorter / height
        projection[2, 2:] = (far + near) / (near - far), 2.0 * far * near / (near - far)
        projection[3, 2] = -1.0
        return projection

    def region(self, points: Float64Array, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Return left, bottom, width and height in pixels of the rectangle that holds all points (N, 3).

        The rectangle is clipped to the picture of (width, height) pixels. If a point is behind the eye, the
        rectangle is the whole picture.
        """
        corners = np.concatenate([points, np.ones((len(points), 1))], axis=1)
        clip = corners @ (self.projection(size) @ self.view()).T
        if np.any(clip[:, 3] < NEAREST_DEPTH):
            return 0, 0, *size
        places = (clip[:, :2] / clip[:, 3:] * 0.5 + 0.5) * size
        low = np.clip(np.floor(places.min(axis=0)), 0, size).astype(int)
        high = np.clip(np.ceil(places.max(axis=0)), 0, size).astype(int)
        return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)

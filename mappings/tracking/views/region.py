"""A rectangular part of a picture, and observations in it as observations in the whole picture."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array, Picture
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation

HALF_VIEW = np.tan(np.radians(63.0 / 2.0))
"""Tangent of half the vertical angle of view that MediaPipe assumes for every picture, parts included."""
SIGHT_SHARE = 0.3
"""Share of the angle between two lines of sight that the reported turn of a face follows."""
NEARNESS_TURN = np.radians(0.41)
"""Reported pitch in radians per 1/m of nearness: MediaPipe unprojects a near face more strongly.

This and SIGHT_SHARE are measured: 11 portraits were tracked whole and in 15 random parts each. The median
difference is 0.7 degrees of pitch and 0.4 of yaw with both, and 3.9 and 1.6 without.
"""


class Region(NamedTuple):
    """A rectangle of a picture in pixels."""

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def around(cls, centre: npt.ArrayLike, extent: tuple[float, float], size: tuple[int, int]) -> Self:
        """Return the region of `extent` (w, h) around `centre` (x, y), moved and cut to a picture (W, H)."""
        width, height = (int(min(max(round(e), 1), s)) for e, s in zip(extent, size, strict=True))
        x, y = np.asarray(centre, dtype=float)
        left = int(np.clip(round(x - width / 2), 0, size[0] - width))
        top = int(np.clip(round(y - height / 2), 0, size[1] - height))
        return cls(left, top, width, height)

    def of(self, image: Picture) -> Picture:
        """Return the part of an image (H, W, 3)."""
        return image[self.top : self.top + self.height, self.left : self.left + self.width]

    def as_whole(self, seen: FaceObservation, size: tuple[int, int]) -> FaceObservation:
        """Return an observation in this part as one in the whole picture of `size` (W, H)."""
        landmarks = seen.landmarks + np.array([self.left, self.top, 0.0], dtype=np.float32)
        transform = self._whole_transform(seen.T_camera_face.astype(np.float64), size)
        return replace(seen, landmarks=landmarks, T_camera_face=transform.astype(np.float32), image_size=size)

    def _whole_transform(self, part: Array, size: tuple[int, int]) -> Array:
        """Return the pose `part` (4, 4) in a part's camera as T_camera_face of the whole picture's camera.

        The part's camera has the same angle of view, so a face is nearer to it by the ratio of the heights.
        Its axis goes through the part's middle.
        """
        place = part[:3, 3]
        focal = 0.5 / HALF_VIEW
        # The part's middle in pixels from the whole picture's middle, y up.
        middle = np.array([self.left + (self.width - size[0]) / 2, (size[1] - self.height) / 2 - self.top])
        offset = middle - focal * self.height * place[:2] / place[2]
        depth = place[2] * size[1] / self.height
        moved = np.array([*(-offset * depth / (focal * size[1])), depth])
        whole = np.eye(4)
        whole[:3, 3] = moved
        whole[:3, :3] = _turn_between(place, moved) @ part[:3, :3]
        return whole


def _turn_between(place: Array, moved: Array) -> Array:
    """Return the rotation (3, 3) from the turn reported of a face at `place` to that reported at `moved`.

    Both are positions (3,) in front of the camera, metres.
    """
    ahead, sight = place / np.linalg.norm(place), moved / np.linalg.norm(moved)
    turn = SIGHT_SHARE * np.cross(ahead, sight)
    turn[0] += NEARNESS_TURN * (1.0 / abs(place[2]) - 1.0 / abs(moved[2]))
    return np.asarray(matrix_from_axis_angle(turn))

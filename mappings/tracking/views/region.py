"""A part of a picture, and what is seen in it told as of the whole picture."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Picture
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation

HALF_VIEW = np.tan(np.radians(63.0 / 2.0))
"""Of the vertical angle that MediaPipe assumes of every picture, parts included."""
SIGHT_SHARE = 0.3
"""Of the angle between two lines of sight that a face's turn follows, ..."""
NEARNESS_TURN = np.radians(0.41)
"""... and pitch per 1/m of nearness: MediaPipe unprojects a near face more strongly.

Both measured: 11 portraits read whole and in 15 random parts each; what is left is 0.7 degrees of pitch and
0.4 of yaw in the median, from 3.9 and 1.6.
"""


class Region(NamedTuple):
    """Hold a rectangle of a picture in pixels."""

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def around(cls, centre: npt.ArrayLike, extent: tuple[float, float], size: tuple[int, int]) -> Self:
        """Return the region of `extent` (w, h) about `centre` (x, y), moved and cut to a picture (W, H)."""
        width, height = (int(min(max(round(e), 1), s)) for e, s in zip(extent, size, strict=True))
        x, y = np.asarray(centre, dtype=float)
        left = int(np.clip(round(x - width / 2), 0, size[0] - width))
        top = int(np.clip(round(y - height / 2), 0, size[1] - height))
        return cls(left, top, width, height)

    def of(self, image: Picture) -> Picture:
        """Return the part of an image (H, W, 3)."""
        return image[self.top : self.top + self.height, self.left : self.left + self.width]

    def as_whole(self, seen: FaceObservation, size: tuple[int, int]) -> FaceObservation:
        """Return what was seen in this part as an observation in the whole picture of `size` (W, H)."""
        landmarks = seen.landmarks + np.array([self.left, self.top, 0.0], dtype=np.float32)
        transform = self._whole_transform(seen.T_camera_face.astype(np.float64), size)
        return replace(seen, landmarks=landmarks, T_camera_face=transform.astype(np.float32), image_size=size)

    def _whole_transform(self, part: npt.NDArray[Any], size: tuple[int, int]) -> npt.NDArray[Any]:
        """Return T_camera_face as the camera of the whole picture has it.

        The part's camera is another one: as wide in angle, so a face is nearer to it by the ratio of the
        heights, and its axis goes through the part's middle.
        """
        place = part[:3, 3]
        focal = 0.5 / HALF_VIEW
        # Pixels from the whole picture's middle, y up.
        middle = np.array([self.left + (self.width - size[0]) / 2, (size[1] - self.height) / 2 - self.top])
        offset = middle - focal * self.height * place[:2] / place[2]
        depth = place[2] * size[1] / self.height
        moved = np.array([*(-offset * depth / (focal * size[1])), depth])
        whole = np.eye(4)
        whole[:3, 3] = moved
        whole[:3, :3] = _turn_between(place, moved) @ part[:3, :3]
        return whole


def _turn_between(place: npt.NDArray[Any], moved: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return by how much (3, 3) a face is read as turned at `moved` against `place`, metres."""
    ahead, sight = place / np.linalg.norm(place), moved / np.linalg.norm(moved)
    turn = SIGHT_SHARE * np.cross(ahead, sight)
    turn[0] += NEARNESS_TURN * (1.0 / abs(place[2]) - 1.0 / abs(moved[2]))
    return np.asarray(matrix_from_axis_angle(turn))

"""Place a head in the scene by the pose of the face in front of its camera, so that it keeps its place.

The picture is re-framed slowly, as a camera operator would: people walk, sit down at the side and come
nearer, and the head stays near the middle. What they do from moment to moment is shown without delay.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from mappings.mirror import mirrored_transform
from mappings.motion.head_pose import Shoulders
from mappings.motion.leeway import Leeway, shift_by_turn
from mappings.motion.slow_mean import SlowMean

PIVOT = np.array([0.0, -0.006, -0.055])
"""Point (3,) of the tracked face in metres that moves least while people turn their heads.

Mean of three clips of people who turn, for which least squares of its changes over 0.3 s give (y, z) of
(-0.025, -0.080), (-0.004, -0.041) and (0.010, -0.045). It is not the joint of the neck, because the reported
place varies with the turn.
"""
FRAMED = np.array([0.0, 0.0, -0.035])
"""Point (3,) of the head that is kept in the middle, in metres: between the face and the middle of the skull.

Chosen by eye. With a point of the face, somebody who looks down for long would lose their crown.
"""
PLACE_S = 2.0
"""Time constant in seconds with which the place of the shoulders becomes the middle; chosen by trial.

The picture then moves by at most 1 % of its height a second.
"""
FIRST_S = 0.5
"""The same when a face was just found, whose first place may be far from its usual one."""
TURN_S = 8.0
"""The same for the turn: somebody who looks aside for a moment should not slide the other way."""
WAIST_M = 0.35
"""Metres below the neck of the point about which the shoulders lean when they move; chosen by eye."""
LEASH = 5.0
"""Largest offset from the slow mean, as a multiple of the offset that keeps its size; chosen by trial."""


class Placement:
    """Places a face in front of a camera into the scene; a placement belongs to one driver.

    With the face's pose T, the turn C that looks straight ahead and the slow means m and n,

        x = C^T T PIVOT                      place of the shoulders, before the camera
        s = u asinh((x - m) / u) - n         their shift in the scene, u = (aside, aside, depth) of the leeway
        n = mean of d(FRAMED)                d(p) = NECK + C^T T (p - NECK) - p, the shift of p by the turn

    so that movements up to u keep their size and all are seen at once, while a place that lasts becomes the
    middle. The shift is then limited where the turned head would leave the picture. The first face seen is
    in the middle. Until `recentre`, C is the camera's turn.
    """

    def __init__(self, leeway: Leeway | None = None) -> None:
        self._leeway = leeway or Leeway()
        self._unit = np.array([self._leeway.aside, self._leeway.aside, self._leeway.depth])
        self._ahead: Array = np.eye(3)
        """Turn (3, 3) that looks straight ahead, in the camera's axes."""
        self._before: Array | None = None
        """The same from before the last `recentre`; None where there is nothing to undo."""
        self._place, self._turned = SlowMean(PLACE_S, FIRST_S, LEASH), SlowMean(TURN_S)
        """Means of the shoulders' place, in units of the leeway, and of the shift by the turn, in metres."""

    def follow(self, T_camera_face: Array, time_s: float) -> None:
        """Re-frame: add the pose (4, 4) of a face that is seen at a time in seconds to the means."""
        self._place.add(self._place_of(T_camera_face), time_s)
        self._turned.add(shift_by_turn(self.turn(T_camera_face), FRAMED), time_s)

    def pose(self, T_camera_face: Array) -> Array:
        """Return T_scene_face (4, 4) in metres of a face, where the head shows it."""
        pose = np.eye(4)
        pose[:3, :3] = self.turn(T_camera_face)
        pose[:3, 3] = self.shoulders(T_camera_face).shift + shift_by_turn(pose[:3, :3], np.zeros(3))
        return pose

    def turn(self, T_camera_face: Array) -> Array:
        """Return the turn (3, 3) of a face in the scene."""
        turn: Array = self._ahead.T @ T_camera_face[:3, :3]
        return turn

    def with_turn(self, T_camera_face: Array, turn: Array) -> Array:
        """Return a pose (4, 4) with another turn (3, 3) in the scene, and the shoulders where they are."""
        turned: Array = np.array(T_camera_face, dtype=np.float64)
        turned[:3, :3] = self._ahead @ turn
        turned[:3, 3] += (T_camera_face[:3, :3] - turned[:3, :3]) @ PIVOT
        return turned

    def shoulders(self, T_camera_face: Array) -> Shoulders:
        """Return where the shoulders of a face with the pose (4, 4) are in the scene."""
        turn, place = self.turn(T_camera_face), self._place_of(T_camera_face)
        mean = place if self._place.value is None else self._place.value
        panned = shift_by_turn(turn, FRAMED) if self._turned.value is None else self._turned.value
        moved = self._unit * np.arcsinh(place - mean)
        shift = self._leeway.in_picture(moved - panned, turn)
        return Shoulders(shift, np.array([moved[2], 0.0, -moved[0]]) / WAIST_M)

    def mirror(self) -> None:
        """Exchange the sides of the scene, as mirrored faces exchange theirs."""
        self._ahead = _mirrored(self._ahead)
        self._before = None if self._before is None else _mirrored(self._before)
        for mean in (self._place, self._turned):
            if mean.value is not None:
                mean.value = mean.value * (-1.0, 1.0, 1.0)

    def restart(self) -> None:
        """Make the place of the next face the middle, for a face that was found again."""
        self._place.reset()
        self._turned.reset()

    def recentre(self, turn: Array) -> None:
        """Make the turn (3, 3) straight ahead, and the place of the next face the middle."""
        self._before, self._ahead = self._ahead, np.array(turn, dtype=np.float64)
        self.restart()

    def undo_recentre(self) -> bool:
        """Look straight ahead as before the last `recentre`; return False where there was none."""
        if self._before is None:
            return False
        self._ahead, self._before = self._before, None
        self.restart()
        return True

    def take_over(self, other: Placement) -> None:
        """Go on from another placement of the same face; the leeway stays this one's."""
        self._ahead, self._before = other._ahead, other._before
        self._place, self._turned = other._place, other._turned
        if self._place.value is not None:
            self._place.value = self._place.value * other._unit / self._unit

    def _place_of(self, T_camera_face: Array) -> Array:
        """Return the place (3,) of the shoulders in units of the leeway."""
        place: Array = self._ahead.T @ (T_camera_face[:3, :3] @ PIVOT + T_camera_face[:3, 3])
        return place / self._unit


def _mirrored(turn: Array) -> Array:
    """Return a turn (3, 3) as it is seen in the mirror."""
    pose = np.eye(4)
    pose[:3, :3] = turn
    mirrored: Array = mirrored_transform(pose)[:3, :3]
    return mirrored

"""Place a head in the scene by the pose of the face in front of its camera, so that it keeps its place.

The picture is re-framed slowly, as a camera operator would: people walk, sit down at the side and come
nearer, and the head stays near the middle. What they do from moment to moment is shown without delay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array
from mappings.mirror import mirrored_transform
from mappings.motion.head_pose import Shoulders
from mappings.motion.slow_mean import SlowMean

PIVOT = np.array([0.0, -0.006, -0.055])
"""Point (3,) of the tracked face in metres that moves least while people turn their heads.

Mean of three clips of people who turn, for which least squares of its changes over 0.3 s give (y, z) of
(-0.025, -0.080), (-0.004, -0.041) and (0.010, -0.045). It is not the joint of the neck, because the reported
place varies with the turn.
"""
NECK = np.array([0.0, -0.07, -0.098])
"""Point (3,) about which our heads turn, in metres: the neck joint of the built-in head."""
FRAMED = np.array([0.0, 0.0, -0.035])
"""Point (3,) of the head that is kept in the middle, in metres: between the face and the middle of the skull.

Chosen by eye. With a point of the face, somebody who looks down for long would lose their crown.
"""
SKULL = np.array([0.0, 0.028, -0.09])
"""Middle (3,) of the sphere that the crown is part of, in metres; it rises as the crown does."""
CROWN_RISE = 0.13
"""How much higher the crown appears for each metre that it comes nearer, in metres.

It is 0.14 m above the middle of the picture, whose camera is 1.1 m away.
"""
CHIN = np.array([0.0, -0.11, -0.01])
"""Lowest point (3,) of the face, in metres."""
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


@dataclass(frozen=True, slots=True)
class Leeway:
    """How far the head may go from its place in the picture, in metres.

    The defaults are for the framing `head` (see `render.framing`).
    """

    up: float = 0.022
    """Rise of the crown that keeps it in the picture."""
    down: float = 0.018
    """Fall of the chin that keeps it in the picture."""
    aside: float = 0.0068
    """Length of movements across the picture that are shown as they are; longer ones are compressed."""
    depth: float = 0.03
    """The same towards the camera and away from it."""
    side: float = 0.04
    """Shift of the skull to either side that keeps it in the picture."""


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

    def shoulders(self, T_camera_face: Array) -> Shoulders:
        """Return where the shoulders of a face with the pose (4, 4) are in the scene."""
        turn, place = self.turn(T_camera_face), self._place_of(T_camera_face)
        mean = place if self._place.value is None else self._place.value
        panned = shift_by_turn(turn, FRAMED) if self._turned.value is None else self._turned.value
        moved = self._unit * np.arcsinh(place - mean)
        shift = self._in_picture(moved - panned, turn)
        return Shoulders(shift, np.array([moved[2], 0.0, -moved[0]]) / WAIST_M)

    def _in_picture(self, shift: Array, turn: Array) -> Array:
        """Return the shift (3,) of the shoulders with which the head, turned by (3, 3), is in the picture."""
        fall = -(shift + shift_by_turn(turn, CHIN))[1]
        up = fall - limited(fall, self._leeway.down)
        aside, rise, nearer = shift + shift_by_turn(turn, SKULL) + np.array([0.0, up, 0.0])
        rise += CROWN_RISE * nearer
        down = rise - limited(rise, self._leeway.up)
        back = aside - np.sign(aside) * limited(abs(aside), self._leeway.side)
        return shift + np.array([-back, up - down, 0.0])

    def mirror(self) -> None:
        """Exchange the sides of the scene, as mirrored faces exchange theirs."""
        pose = np.eye(4)
        pose[:3, :3] = self._ahead
        self._ahead = mirrored_transform(pose)[:3, :3]
        for mean in (self._place, self._turned):
            if mean.value is not None:
                mean.value = mean.value * (-1.0, 1.0, 1.0)

    def restart(self) -> None:
        """Make the place of the next face the middle, for a face that was found again."""
        self._place.reset()
        self._turned.reset()

    def recentre(self, turn: Array) -> None:
        """Make the turn (3, 3) straight ahead, and the place of the next face the middle."""
        self._ahead = np.array(turn, dtype=np.float64)
        self.restart()

    def _place_of(self, T_camera_face: Array) -> Array:
        """Return the place (3,) of the shoulders in units of the leeway."""
        place: Array = self._ahead.T @ (T_camera_face[:3, :3] @ PIVOT + T_camera_face[:3, 3])
        return place / self._unit


def shift_by_turn(turn: Array, point: Array) -> Array:
    """Return the shift (3,) of a point (3,) of the head by a turn (3, 3) about the neck, in metres."""
    shift: Array = NECK + turn @ (point - NECK) - point
    return shift


def limited(value: float, limit: float) -> float:
    """Return a value that stays below `limit`: for v above h = limit / 2 it is h + h tanh((v - h) / h)."""
    half = limit / 2.0
    return value if value <= half else half + half * float(np.tanh((value - half) / half))

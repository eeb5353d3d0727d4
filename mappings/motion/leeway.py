"""How far a head may go from its place in the picture: crown, chin and sides of the skull stay in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array

NECK = np.array([0.0, -0.07, -0.098])
"""Point (3,) about which our heads turn, in metres: the neck joint of the built-in head."""
SKULL = np.array([0.0, 0.028, -0.09])
"""Middle (3,) of the sphere that the crown is part of, in metres; it rises as the crown does."""
CROWN_RISE = 0.13
"""How much higher the crown appears for each metre that it comes nearer, in metres.

It is 0.14 m above the middle of the picture, whose camera is 1.1 m away.
"""
CHIN = np.array([0.0, -0.11, -0.01])
"""Lowest point (3,) of the face, in metres."""


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

    def in_picture(self, shift: Array, turn: Array) -> Array:
        """Return the shift (3,) of the shoulders with which the head, turned by (3, 3), is in the picture."""
        fall = -(shift + shift_by_turn(turn, CHIN))[1]
        up = fall - limited(fall, self.down)
        aside, rise, nearer = shift + shift_by_turn(turn, SKULL) + np.array([0.0, up, 0.0])
        rise += CROWN_RISE * nearer
        down = rise - limited(rise, self.up)
        back = aside - np.sign(aside) * limited(abs(aside), self.side)
        return shift + np.array([-back, up - down, 0.0])


def shift_by_turn(turn: Array, point: Array) -> Array:
    """Return the shift (3,) of a point (3,) of the head by a turn (3, 3) about the neck, in metres."""
    shift: Array = NECK + turn @ (point - NECK) - point
    return shift


def limited(value: float, limit: float) -> float:
    """Return a value that stays below `limit`: for v above h = limit / 2 it is h + h tanh((v - h) / h)."""
    half = limit / 2.0
    return value if value <= half else half + half * float(np.tanh((value - half) / half))

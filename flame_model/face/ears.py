"""The position, size and orientation of the average head's ears."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array

CENTER = np.array([0.0725, 0.0060, -0.0850])
"""(3,) metres, the left ear's centre."""
HALF_HEIGHT, HALF_WIDTH = 0.0315, 0.0185
"""Metres; adult ears are 63 mm high and 36 mm wide (Farkas 1994)."""
LEAN, STAND_OFF = np.radians(12.0), np.radians(24.0)
"""Radians by which the ear leans back and stands off the head."""
_FRONT_INSET = 0.0055
"""Metres by which the ear's front edge lies nearer to the midline than CENTER; chosen by eye."""
CONCHA_DEPTH = 0.0043
"""Metres; real conchas are 10 to 15 mm deep, but the skull shows through one deeper than 6 mm."""


def canal() -> Float64Array:
    """Return the opening (3,) of the left ear's canal in metres."""
    back, up, out = (np.asarray(metres) for metres in (-0.0035, -0.0025, -CONCHA_DEPTH))
    return in_head(back, up, out)


def in_head(back: Float64Array, up: Float64Array, out: Float64Array) -> Float64Array:
    """Return head points (..., 3) of coordinates in the left ear's plane: metres back, up and outwards."""
    leaned_back = back * np.cos(LEAN) + up * np.sin(LEAN)
    leaned_up = up * np.cos(LEAN) - back * np.sin(LEAN)
    from_front = leaned_back + HALF_WIDTH
    x = CENTER[0] + out * np.cos(STAND_OFF) + from_front * np.sin(STAND_OFF) - _FRONT_INSET
    z = CENTER[2] - (from_front * np.cos(STAND_OFF) - HALF_WIDTH) + out * np.sin(STAND_OFF)
    return np.stack([x, CENTER[1] + leaned_up, z], axis=-1)


def out_of_plane(points: npt.NDArray[np.floating]) -> Float64Array:
    """Return the metres (...) by which head points (..., 3) stand out of the plane of their side's ear."""
    side = np.abs(points[..., 0]) - CENTER[0] + _FRONT_INSET
    back = CENTER[2] + HALF_WIDTH - points[..., 2]
    return np.asarray(side * np.cos(STAND_OFF) - back * np.sin(STAND_OFF))

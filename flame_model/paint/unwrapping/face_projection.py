"""Project face and skull from the middle of the head into their chart, cut open at the back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array
from flame_model.paint.unwrapping.charts import HEAD, SIZE

MIDDLE = np.array([0.0, 0.010, -0.050])
"""Metres; every ray from here meets the skin of face and skull once, except at nostrils, lips and lids."""
LOWEST = np.radians(-64.0)
"""Elevation from MIDDLE below which skin belongs to the neck."""
FRONT = 1.5
"""Stretch of the head's front: the width is proportional to atan(FRONT x half turns)."""
WRAP = 1.06
"""Half turns that faces across the seam at the back may reach."""
_EYE_CORNERS = (33, 263)


def face_pixels(points: npt.ArrayLike) -> Float64Array:
    """Return the pixels (N, 2) of points (N, 3) on face or skull."""
    offset = np.asarray(points, dtype=np.float64) - MIDDLE
    return HEAD.pixels(from_middle(angles_of(offset)))


def pixel_size_mm(landmarks: Float64Array) -> float:
    """Return the millimetres per pixel between the eye corners of the landmarks (468, 3)."""
    pixels = face_pixels(landmarks)
    apart_m, apart = (np.linalg.norm(np.diff(a[list(_EYE_CORNERS)], axis=0)) for a in (landmarks, pixels))
    return float(1e3 * apart_m / apart)


def from_middle(angles: Float64Array) -> Float64Array:
    """Return places (..., 2) in 0..1 of angles (..., 2): half turns and elevations in radians from MIDDLE."""
    turns, elevation = np.moveaxis(angles, -1, 0)
    across = (np.arctan(FRONT * turns) / np.arctan(FRONT) + 1.0) / (
        1.0 + np.arctan(FRONT * WRAP) / np.arctan(FRONT)
    )
    lowest = LOWEST - np.radians(6.0)
    return np.stack([across, (elevation - lowest) / (0.5 * np.pi - lowest)], axis=-1)


def to_middle(places: Float64Array) -> Float64Array:
    """Return the angles (..., 2) of places (..., 2) in 0..1: the inverse of `from_middle`."""
    across, up = np.moveaxis(places, -1, 0)
    half = np.arctan(FRONT)
    lowest = LOWEST - np.radians(6.0)
    turns = np.tan(across * (half + np.arctan(FRONT * WRAP)) - half) / FRONT
    return np.stack([turns, lowest + up * (0.5 * np.pi - lowest)], axis=-1)


MIDLINE = HEAD.pixels(from_middle(np.zeros(2)))[0] / SIZE
"""Coordinate of the middle of the face across the texture, 0..1."""


def angles_of(offset: Float64Array) -> Float64Array:
    """Return half turns from the front and elevation in radians (..., 2) of offsets (..., 3)."""
    x, y, z = np.moveaxis(offset, -1, 0)
    return np.stack([np.arctan2(x, z) / np.pi, np.arctan2(y, np.hypot(x, z))], axis=-1)


def angles_around(corners: Float64Array, middle: Float64Array) -> Float64Array:
    """Return the angles (F, 3, 2) of corners (F, 3, 3) around `middle`; faces across the seam exceed 1."""
    angles = angles_of(corners - middle)
    crossing = np.ptp(angles[..., 0], axis=1) > 1.0
    angles[..., 0] += 2.0 * (crossing[:, None] & (angles[..., 0] < 0.0))
    return angles

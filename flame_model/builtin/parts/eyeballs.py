"""Build the eyeballs: spheres with bulging corneas, on which `flame_model/paint` paints the irises."""

from __future__ import annotations

import numpy as np

from flame_model.builtin.parts.part import Part, grid_faces, poles_merged
from flame_model.face.eyes import CORNEA_MIDDLE, CORNEA_RADIUS, EYE_CENTERS, EYE_RADIUS, IRIS_RADIUS
from flame_model.paint.eyes.irises import eye_rings

COLUMNS = 20
_IRIS = float(np.arcsin(IRIS_RADIUS / EYE_RADIUS))
RINGS = np.array([0.0, *(_IRIS * np.array([0.30, 0.56, 0.80, 1.0, 1.12])), 0.80, 1.1, 1.4, 1.8, 2.4, np.pi])
"""Radians of the rings from the eye's axis."""


def eyeball(side: int) -> Part:
    """Return the left (0) or right (1) eyeball looking straight ahead."""
    around = np.arange(COLUMNS) * (2 * np.pi / COLUMNS)
    unit = np.stack(
        [
            np.sin(RINGS)[:, None] * np.cos(around),
            np.sin(RINGS)[:, None] * np.sin(around),
            np.cos(RINGS)[:, None] * np.ones(COLUMNS),
        ],
        axis=-1,
    )
    # A ray from the eye's centre meets the cornea's sphere at the distance d, d^2 - 2 d m cos(a) + m^2 = r^2.
    ahead = CORNEA_MIDDLE * np.cos(RINGS)
    cornea = ahead + np.sqrt(np.maximum(ahead**2 - CORNEA_MIDDLE**2 + CORNEA_RADIUS**2, 0.0))
    radius = np.where(RINGS < _IRIS, cornea, EYE_RADIUS)
    vertices = EYE_CENTERS[side] + (radius[:, None, None] * unit).reshape(-1, 3)
    angles, ring_colors = eye_rings()
    colors = np.stack([np.interp(RINGS, angles, channel) for channel in ring_colors.T], axis=-1)
    faces = grid_faces(len(RINGS), COLUMNS, closed=True)
    return poles_merged(
        Part(vertices, faces, np.repeat(colors, COLUMNS, axis=0), joint=3 + side, material="eye")
    )

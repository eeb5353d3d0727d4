"""Build the eyeballs with coloured iris and pupil."""

from __future__ import annotations

import numpy as np

from flame_model.builtin.parts.part import Part, grid_faces, poles_merged
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS, IRIS_RADIUS, PUPIL_RADIUS
from flame_model.paint.irises import eye_rings

COLUMNS = 20


def eyeball(side: int) -> Part:
    """Return the left (0) or right (1) eyeball looking straight ahead."""
    polar, ring_colors = eye_rings()
    around = np.arange(COLUMNS) * (2 * np.pi / COLUMNS)
    unit = np.stack(
        [
            np.sin(polar)[:, None] * np.cos(around),
            np.sin(polar)[:, None] * np.sin(around),
            np.cos(polar)[:, None] * np.ones(COLUMNS),
        ],
        axis=-1,
    )
    colors = np.repeat(ring_colors[:, None], COLUMNS, axis=1)
    fibres = 1.0 + 0.10 * np.cos(around * 9.0) * np.cos(around * 5.0)
    on_iris = (polar > np.arcsin(PUPIL_RADIUS / EYE_RADIUS)) & (polar < np.arcsin(IRIS_RADIUS / EYE_RADIUS))
    colors[on_iris] *= fibres[None, :, None]
    vertices = EYE_CENTERS[side] + EYE_RADIUS * unit.reshape(-1, 3)
    faces = grid_faces(len(polar), COLUMNS, closed=True)
    return poles_merged(Part(vertices, faces, colors.reshape(-1, 3), joint=3 + side, material="eye"))

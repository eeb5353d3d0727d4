"""Eyeballs with iris and pupil."""

from __future__ import annotations

import numpy as np

from flame_model.builtin.lids import EYE_CENTERS, EYE_RADIUS
from flame_model.builtin.parts import Part, grid_faces, poles_merged

IRIS_RADIUS = 0.0059
PUPIL_RADIUS = 0.0022
"""Metres; adult iris 11.8 mm across, pupil 4.4 mm in room light."""
COLUMNS = 20
_SCLERA, _SCLERA_BACK = (0.93, 0.91, 0.89), (0.86, 0.66, 0.62)
_LIMBUS, _IRIS_OUTER, _IRIS_INNER, _PUPIL = (
    (0.10, 0.13, 0.16),
    (0.22, 0.36, 0.44),
    (0.42, 0.50, 0.44),
    (0.01, 0.01, 0.01),
)


def profile() -> tuple[np.ndarray, np.ndarray]:
    """Return ring angles from the pupil's middle (radians) and their colours."""
    iris, pupil = np.arcsin(IRIS_RADIUS / EYE_RADIUS), np.arcsin(PUPIL_RADIUS / EYE_RADIUS)
    stops = [
        (0.0, _PUPIL), (pupil * 0.94, _PUPIL), (pupil * 1.06, _IRIS_INNER), (pupil * 1.45, _IRIS_INNER),
        (iris * 0.78, _IRIS_OUTER), (iris * 0.93, _LIMBUS), (iris * 0.99, _LIMBUS), (iris * 1.07, _SCLERA),
        (iris * 1.45, _SCLERA), (1.15, _SCLERA), (1.6, _SCLERA_BACK), (2.3, _SCLERA_BACK),
        (np.pi, _SCLERA_BACK),
    ]  # fmt: skip
    return np.array([angle for angle, _ in stops]), np.array([color for _, color in stops])


def eyeball(side: int) -> Part:
    """Return the left (0) or right (1) eyeball looking straight ahead."""
    polar, ring_colors = profile()
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

"""Teeth: two rows with their gums."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.builtin.parts import Part, grid_faces
from flame_model.head import JOINT_NAMES

FloatArray = npt.NDArray[np.float64]

WIDTHS = {True: (8.5, 6.5, 7.5, 7.0, 7.0, 10.0), False: (5.0, 5.5, 7.0, 7.0, 7.0, 11.0)}
"""Millimetres from the middle incisor to the first molar, upper and lower jaw (Wheeler's Dental Anatomy)."""
HEIGHTS = (10.5, 9.0, 10.0, 8.5, 8.5, 7.5)
FRONT_Z, BITE_Y = 0.0062, -0.0412
"""Metres: the upper incisors' front and the height at which the rows meet."""
COLUMNS_PER_TOOTH = 5
_ENAMEL, _GAP, _GUM = np.array([0.93, 0.90, 0.84]), np.array([0.62, 0.52, 0.45]), np.array([0.72, 0.40, 0.38])


def teeth(*, upper: bool) -> Part:
    """Return one row of twelve teeth with its gum."""
    widths = np.array(WIDTHS[upper]) * 1e-3
    bounds = np.concatenate([[0.0], np.cumsum(widths)])
    phase = (np.arange(COLUMNS_PER_TOOTH) + 0.5) / COLUMNS_PER_TOOTH
    length = (bounds[:-1, None] + widths[:, None] * phase).ravel()
    bulge = np.tile(np.sin(np.pi * phase) ** 0.5, len(widths))
    height = np.repeat(HEIGHTS, COLUMNS_PER_TOOTH) * 1e-3 * (1.0 if upper else 0.88)
    mirrored = [np.concatenate([sign * a[::-1], a]) for a, sign in ((length, -1), (bulge, 1), (height, 1))]
    return _row(*mirrored, upper=upper)


def _row(length: FloatArray, bulge: FloatArray, height: FloatArray, *, upper: bool) -> Part:
    sign = 1.0 if upper else -1.0
    inset = 0.0 if upper else 0.0028
    turn = length / (0.0300 - inset)
    x = (0.0265 - inset) * np.sin(np.clip(turn, -1.57, 1.57))
    z = FRONT_Z - inset - 0.034 * (1.0 - np.cos(np.clip(turn, -1.57, 1.57)))
    outward = np.stack([np.sin(turn), np.zeros_like(turn), np.cos(turn)], -1)
    edge = BITE_Y + (-0.0010 if upper else 0.0002) + sign * 0.0004 * (1.0 - bulge)
    # The lower gum keeps low and back: smiles press the skin under the lip in by up to 5 mm.
    root = (2.2, 0.0010) if upper else (1.3, -0.0015)
    rows = [  # share of the tooth's height, metres outwards without and with bulge, colour
        (*root, 0.0000, _GUM), (1.0, 0.0010, 0.0002, _GUM), (0.93, 0.0000, 0.0010, _ENAMEL),
        (0.5, -0.0004, 0.0014, _ENAMEL), (0.08, -0.0012, 0.0012, _ENAMEL), (0.0, -0.0030, 0.0006, _ENAMEL),
        (0.12, -0.0050, 0.0000, _ENAMEL), (1.2, -0.0080, 0.0000, _GUM),
    ]  # fmt: skip
    vertices, colors = [], []
    for share, flat, bulged, color in rows:
        base = np.stack([x, edge + sign * share * height, z], -1)
        vertices.append(base + outward * (flat + bulged * bulge)[:, None])
        gap = (bulge[:, None] < 0.6) & np.all(color == _ENAMEL)
        colors.append(np.where(gap, 0.45 * _ENAMEL + 0.55 * _GAP, color))
    faces = grid_faces(len(rows), len(length), closed=False)
    return Part(
        np.concatenate(vertices), faces if upper else faces[:, ::-1], np.concatenate(colors),
        JOINT_NAMES.index("neck" if upper else "jaw"), "teeth",
    )  # fmt: skip

"""Build the teeth: an upper and a lower row with their gums.

The rows follow an arch x = 28 mm sin u, z = -38 mm (1 - cos u) with u = arc length / 30 mm; the lower row
lies 2.8 mm further inside. The arch and the profile of a tooth were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.part import Part, grid_faces
from flame_model.head import JOINT_NAMES

WIDTHS = {True: (8.5, 6.5, 7.5, 7.0, 7.0, 10.0), False: (5.0, 5.5, 7.0, 7.0, 7.0, 11.0)}
"""Millimetres from the central incisor to the first molar; True upper, False lower row.

Source: Wheeler's Dental Anatomy."""
HEIGHTS = {True: (12.0, 11.2, 12.2, 11.0, 10.5, 10.0), False: (9.2, 7.9, 8.8, 7.5, 7.5, 6.6)}
"""Millimetres of the crowns. The upper ones are 1.5 to 2.5 mm longer than real ones: a grin lifts a person's
lip to the edge of the gums, and a strong grin beyond it."""
FRONT_Z, BITE_Y = 0.0060, -0.0412
"""Metres: the front of the upper incisors, and the height at which the rows meet."""
PHASES = (0.03, 0.16, 0.5, 0.84, 0.97)
"""Columns of a tooth as shares of its width; narrow gaps make single teeth visible."""
_ENAMEL, _GAP = np.array([0.93, 0.90, 0.84]), np.array([0.62, 0.52, 0.45])
_GUM, _ROOT = np.array([0.72, 0.40, 0.38]), np.array([0.42, 0.16, 0.16])


def teeth(*, upper: bool) -> Part:
    """Return one row of twelve teeth with its gum."""
    widths = np.array(WIDTHS[upper]) * 1e-3
    bounds = np.concatenate([[0.0], np.cumsum(widths)])
    phase = np.array(PHASES)
    length = (bounds[:-1, None] + widths[:, None] * phase).ravel()
    bulge = np.tile(np.sin(np.pi * phase) ** 0.5, len(widths))
    height = np.repeat(HEIGHTS[upper], len(PHASES)) * 1e-3
    return _row(
        np.concatenate([-length[::-1], length]),
        np.concatenate([bulge[::-1], bulge]),
        np.concatenate([height[::-1], height]),
        upper=upper,
    )


def _row(length: Float64Array, bulge: Float64Array, height: Float64Array, *, upper: bool) -> Part:
    """Return a row of teeth from the columns' arc length and height in metres and their bulge 0..1."""
    sign = 1.0 if upper else -1.0
    inset = 0.0 if upper else 0.0028
    turn = length / (0.0300 - inset)
    x = (0.0280 - inset) * np.sin(np.clip(turn, -1.57, 1.57))
    z = FRONT_Z - inset - 0.038 * (1.0 - np.cos(np.clip(turn, -1.57, 1.57)))
    outward = np.stack([np.sin(turn), np.zeros_like(turn), np.cos(turn)], -1)
    # From the front, the bite curves up to the sides as smiling lips do.
    bite = BITE_Y + (-0.0010 if upper else 0.0002) + 0.0015 * (1.0 - np.cos(turn))
    edge = bite + sign * 0.0007 * (1.0 - bulge)
    # The lower gum is low and far back because smiles press the skin under the lip in by up to 5 mm.
    root = (1.9, 0.0002) if upper else (1.3, -0.0015)
    rows = [  # share of the tooth's height, metres outwards without and with bulge, colour
        (*root, 0.0000, _ROOT), (1.06, 0.0006, 0.0006, _GUM), (0.97, 0.0000, 0.0010, _ENAMEL),
        (0.5, -0.0004, 0.0012, _ENAMEL), (0.08, -0.0012, 0.0012, _ENAMEL), (0.0, -0.0030, 0.0006, _ENAMEL),
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

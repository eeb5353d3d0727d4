"""Build the teeth: an upper and a lower row of twelve teeth with their gums.

A row follows an arch x = a sin u, z = front - b (1 - cos u) with u = arc length / c. The arch, the profile of
a tooth and all colours were chosen by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.part import Part, grid_faces
from flame_model.geometry.smoothstep import smoothstep
from flame_model.head import JOINT_NAMES


@dataclass(frozen=True, slots=True)
class Row:
    """The teeth of one row from the central incisor to the first molar, and where they stand."""

    widths: tuple[float, ...]
    """Millimetres; source: Wheeler's Dental Anatomy."""
    heights: tuple[float, ...]
    """Millimetres of the crowns between gum and edge."""
    short: tuple[float, ...]
    """Millimetres by which the edge falls short of the row's edge."""
    corners: tuple[float, ...]
    """Millimetres by which the edge rounds off towards its corners."""
    thickness: tuple[float, ...]
    """Millimetres between the outer and the inner surface."""
    inset: float
    """Metres by which the arch lies inside the upper one."""
    edge_y: float
    """Metres; height of the incisors' edge."""
    sign: float
    """1 where the gum is above the edge, else -1."""
    shade: float
    """Factor of the colours; lower teeth face the light, but lie in the mouth's shadow."""


UPPER = Row(
    (8.5, 6.5, 7.5, 7.0, 7.0, 10.0), (11.0, 9.7, 11.0, 9.4, 8.8, 8.2), (0.0, 0.7, 0.0, 0.5, 0.7, 0.6),
    (0.5, 0.8, 1.7, 1.4, 1.2, 0.8), (1.6, 1.6, 3.0, 7.0, 7.5, 9.0), 0.0, -0.0430, 1.0, 1.0,
)  # fmt: skip
"""The crowns are 0.5 to 1 mm longer than real ones: a grin lifts a person's lip to the edge of the gums, and
a strong grin beyond it."""
LOWER = Row(
    (5.0, 5.5, 7.0, 7.0, 7.0, 11.0), (8.8, 8.8, 9.8, 8.5, 8.0, 7.5), (0.0, 0.0, -0.2, 0.3, 0.5, 0.6),
    (0.3, 0.4, 1.5, 1.3, 1.0, 0.6), (1.6, 1.6, 3.0, 6.0, 7.0, 9.0), 0.0034, -0.0419, -1.0, 0.93,
)  # fmt: skip
"""The edges bite 1.1 mm above those of the upper row and behind them, so that a smile hides them."""
ROUNDING = (6.0, 5.0, 1.4, 1.6, 2.0, 4.0)
"""Exponent of each tooth's edge: large where the edge is straight, small where it is a point."""
HALF_WIDTH, DEPTH, LENGTH, FRONT_Z = 0.0310, 0.0330, 0.0330, 0.0072
"""Metres: a, b and c of the arch, and the front of the upper incisors."""
PHASES = (0.02, 0.12, 0.5, 0.88, 0.98)
"""Columns of a tooth as shares of its width; the narrow gaps make single teeth visible."""
PAPILLA = 0.0016
"""Metres by which the gum reaches down between two teeth."""
RISE = 0.0022
"""Metres times (1 - cos u) by which the edges rise to the sides, as smiling lips do."""
_ENAMEL, _NECK, _GAP = (
    np.array([0.96, 0.93, 0.87]),
    np.array([0.94, 0.88, 0.78]),
    np.array([0.66, 0.54, 0.45]),
)
_GUM, _ROOT, _THROAT = (
    np.array([0.82, 0.52, 0.50]),
    np.array([0.50, 0.22, 0.22]),
    np.array([0.40, 0.22, 0.18]),
)
_PROFILE = (
    (2.10, -1.8, 0.0, 0.0, 0.2, _ROOT), (1.40, 0.4, 0.2, 0.0, 0.4, _GUM),
    (1.04, 0.5, 0.6, 0.0, 1.0, _GUM), (0.99, -0.6, 1.0, 0.0, 1.0, _NECK),
    (0.72, -0.9, 1.7, 0.0, 0.4, _ENAMEL), (0.35, -1.1, 1.8, 0.0, 0.0, _ENAMEL),
    (0.07, -1.4, 1.5, 0.0, 0.0, _ENAMEL), (0.00, -1.7, 1.0, 0.2, 0.0, _ENAMEL),
    (0.03, -1.5, 0.5, 0.7, 0.0, _ENAMEL), (0.40, -1.2, 0.2, 1.2, 0.0, _ENAMEL),
    (1.20, -3.0, 0.0, 1.5, 0.0, _GUM),
)  # fmt: skip
"""Rows of points from the root over the edge to the inside: share of the crown's height, millimetres outwards
between teeth and in addition on a tooth, thicknesses inwards, share of PAPILLA, colour."""


def teeth(*, upper: bool) -> Part:
    """Return one row of teeth with its gum."""
    row = UPPER if upper else LOWER
    phase = np.array(PHASES)
    tooth = np.repeat(np.arange(len(row.widths)), len(phase))
    widths = np.array(row.widths) * 1e-3
    length = (np.cumsum(widths) - widths)[tooth] + widths[tooth] * np.tile(phase, len(widths))
    both = np.concatenate([np.arange(len(tooth))[::-1], np.arange(len(tooth))])
    side = np.where(np.arange(2 * len(tooth)) < len(tooth), -1.0, 1.0)
    return _row(row, tooth[both], np.tile(phase, len(widths))[both], side * length[both])


def arch(length: Float64Array, inset: float = 0.0) -> tuple[Float64Array, Float64Array]:
    """Return the angle u (N,) and the points (N, 3), at height 0, of arc lengths (N,)."""
    turn = np.clip(length / (LENGTH - inset), -1.57, 1.57)
    x = (HALF_WIDTH - inset) * np.sin(turn)
    z = FRONT_Z - inset - DEPTH * (1.0 - np.cos(turn))
    return turn, np.stack([x, np.zeros_like(x), z], axis=-1)


def _row(row: Row, tooth: Float64Array, phase: Float64Array, length: Float64Array) -> Part:
    """Return a row from the tooth, the share of its width and the arc length (C,) of each column."""
    turn, middle = arch(length, row.inset)
    outward = np.stack([np.sin(turn), np.zeros_like(turn), np.cos(turn)], axis=-1)
    height, short, corner, thickness = (
        1e-3 * np.array(values)[tooth] for values in (row.heights, row.short, row.corners, row.thickness)
    )
    aside = np.abs(2.0 * phase - 1.0)
    bulge = np.sin(np.pi * phase) ** 0.5
    edge = short + corner * aside ** np.array(ROUNDING)[tooth]
    bite = row.edge_y + RISE * (1.0 - np.cos(turn))
    vertices, colors = [], []
    for share, flat, bulged, inwards, papilla, color in _PROFILE:
        up = edge * (1.0 - min(share, 1.0)) + share * height - papilla * PAPILLA * aside**4
        out = 1e-3 * (flat + bulged * bulge) - inwards * thickness
        place = middle + outward * out[:, None]
        place[:, 1] += bite + row.sign * up
        vertices.append(place)
        colors.append(row.shade * _shade(color, aside, turn))
    faces = grid_faces(len(_PROFILE), len(length), closed=False)
    return Part(
        np.concatenate(vertices), faces if row.sign > 0.0 else faces[:, ::-1], np.concatenate(colors),
        JOINT_NAMES.index("neck" if row is UPPER else "jaw"), "teeth",
    )  # fmt: skip


def _shade(color: Float64Array, aside: Float64Array, turn: Float64Array) -> Float64Array:
    """Return the colours (C, 3) of a row of points: darker between teeth and towards the throat."""
    enamel = color is _ENAMEL or color is _NECK
    between = 0.6 * (aside > 0.9) * enamel
    deep = 0.55 * smoothstep(0.55, 1.45, np.abs(turn))
    shaded = color + (_GAP - color) * between[:, None]
    return np.asarray(shaded + (_THROAT - shaded) * deep[:, None])

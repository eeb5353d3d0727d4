"""Build the tongue: at rest behind the lower teeth, and put out over the lower lip; all was chosen by eye."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.part import Part, grid_faces
from flame_model.geometry.smoothstep import smoothstep
from flame_model.head import JOINT_NAMES

REST = np.array(
    [
        [0.00, -0.0610, -0.0500, 0.0130, 0.0080], [0.30, -0.0470, -0.0420, 0.0170, 0.0085],
        [0.60, -0.0460, -0.0250, 0.0185, 0.0070], [0.80, -0.0475, -0.0130, 0.0165, 0.0052],
        [0.92, -0.0482, -0.0055, 0.0130, 0.0040], [0.98, -0.0484, -0.0025, 0.0085, 0.0026],
        [1.00, -0.0484, -0.0010, 0.0004, 0.0004],
    ]
)  # fmt: skip
OUT = np.array(
    [
        [0.00, -0.0630, -0.0420, 0.0130, 0.0070], [0.25, -0.0525, -0.0200, 0.0170, 0.0064],
        [0.45, -0.0510, 0.0000, 0.0165, 0.0044], [0.60, -0.0514, 0.0105, 0.0160, 0.0040],
        [0.74, -0.0550, 0.0205, 0.0155, 0.0040], [0.86, -0.0605, 0.0275, 0.0140, 0.0036],
        [0.94, -0.0660, 0.0302, 0.0118, 0.0032], [0.985, -0.0695, 0.0312, 0.0075, 0.0022],
        [1.00, -0.0708, 0.0314, 0.0004, 0.0004],
    ]
)  # fmt: skip
"""Rows of REST and OUT: share of the way from root to tip; height and depth of the middle line, half the
width and half the thickness in metres."""
ROWS, COLUMNS = 15, 16
GROOVE_M, GROOVE_WIDTH_M = 0.0020, 0.0040
"""Depth and half the width of the groove along the middle, metres."""
_TOP, _BELOW, _ROOT = np.array([0.88, 0.53, 0.52]), np.array([0.68, 0.33, 0.35]), np.array([0.42, 0.17, 0.17])


def tongue() -> Part:
    """Return the tongue at rest."""
    return Part(
        _section(REST).reshape(-1, 3), grid_faces(ROWS, COLUMNS, closed=True)[:, ::-1],
        _colors().reshape(-1, 3), JOINT_NAMES.index("jaw"), "tongue",
    )  # fmt: skip


def tongue_out() -> Float64Array:
    """Return the displacements (P, 3) of the tongue's vertices when it is put out, metres."""
    return np.asarray((_section(OUT) - _section(REST)).reshape(-1, 3))


def _along() -> Float64Array:
    """Return the share of the way from root to tip (ROWS,) of each row; rows are closer at the tip."""
    return np.asarray(np.sin(0.5 * np.pi * np.linspace(0.0, 1.0, ROWS)))


def _around() -> Float64Array:
    """Return the angle (COLUMNS,) of each column: 0 on the person's left, a right angle on top."""
    return np.asarray(np.arange(COLUMNS) * (2.0 * np.pi / COLUMNS))


def _section(profile: Float64Array) -> Float64Array:
    """Return the points (ROWS, COLUMNS, 3) around the middle line of a profile, root first."""
    y, z, width, height = (np.interp(_along(), profile[:, 0], profile[:, i]) for i in range(1, 5))
    tangent = np.stack([np.gradient(y), np.gradient(z)], axis=1)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    x = width[:, None] * np.cos(_around())
    up = np.maximum(np.sin(_around()), 0.0)
    groove = GROOVE_M * np.exp(-((x / GROOVE_WIDTH_M) ** 2)) * up * smoothstep(0.001, 0.004, height)[:, None]
    lift = height[:, None] * np.sin(_around()) - groove
    return np.stack([x, y[:, None] + lift * tangent[:, 1:], z[:, None] - lift * tangent[:, :1]], axis=-1)


def _colors() -> Float64Array:
    """Return the sRGB colours (ROWS, COLUMNS, 3): darker below, in the groove and at the root."""
    top = smoothstep(-0.4, 0.4, np.sin(_around()))[None, :, None]
    root = smoothstep(0.92, 0.30, _along())[:, None, None]
    groove = 0.16 * smoothstep(0.93, 1.0, np.sin(_around()))[None, :, None]
    surface = (_BELOW + (_TOP - _BELOW) * top) * (1.0 - groove)
    return np.asarray(surface + (_ROOT - surface) * root)

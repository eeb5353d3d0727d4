"""Build the tongue: at rest behind the lower teeth, and put out between the parted lips."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.part import Part, grid_faces
from flame_model.head import JOINT_NAMES

REST = np.array(
    [
        [0.00, -0.0600, -0.0500, 0.0120, 0.0080], [0.35, -0.0480, -0.0400, 0.0150, 0.0085],
        [0.70, -0.0475, -0.0200, 0.0145, 0.0070], [0.90, -0.0472, -0.0090, 0.0120, 0.0045],
        [1.00, -0.0468, -0.0050, 0.0002, 0.0002],
    ]
)  # fmt: skip
OUT = np.array(
    [
        [0.00, -0.0620, -0.0420, 0.0120, 0.0070], [0.35, -0.0520, -0.0180, 0.0150, 0.0060],
        [0.60, -0.0510, 0.0040, 0.0150, 0.0038], [0.75, -0.0508, 0.0150, 0.0145, 0.0036],
        [0.88, -0.0512, 0.0250, 0.0130, 0.0032], [0.96, -0.0522, 0.0310, 0.0090, 0.0024],
        [1.00, -0.0530, 0.0330, 0.0002, 0.0002],
    ]
)  # fmt: skip
"""Rows of REST and OUT: share of the way from root to tip; height and depth of the middle line, half the
width and half the thickness in metres. Chosen by eye."""
ROWS, COLUMNS = 12, 16
GROOVE_M = 0.0012
"""Depth of the groove along the middle, metres."""
COLOR = np.array([0.70, 0.36, 0.36])


def tongue() -> Part:
    """Return the tongue at rest."""
    vertices = _section(REST)
    return Part(
        vertices.reshape(-1, 3), grid_faces(ROWS, COLUMNS, closed=True)[:, ::-1],
        np.broadcast_to(COLOR, (ROWS * COLUMNS, 3)), JOINT_NAMES.index("jaw"), "tongue",
    )  # fmt: skip


def tongue_out() -> Float64Array:
    """Return the displacements (P, 3) of the tongue's vertices when it is put out, metres."""
    return np.asarray((_section(OUT) - _section(REST)).reshape(-1, 3))


def _section(profile: Float64Array) -> Float64Array:
    """Return the points (ROWS, COLUMNS, 3) around the middle line of a profile, root first."""
    along = np.sin(0.5 * np.pi * np.linspace(0.0, 1.0, ROWS))
    y, z, width, height = (np.interp(along, profile[:, 0], profile[:, i])[:, None] for i in range(1, 5))
    around = np.arange(COLUMNS) * (2.0 * np.pi / COLUMNS)
    x = width * np.cos(around)
    groove = GROOVE_M * np.exp(-((x / 0.004) ** 2)) * (np.sin(around) > 0.0) * (height > 0.002)
    return np.stack([x, y + height * np.sin(around) - groove, np.broadcast_to(z, x.shape)], axis=-1)

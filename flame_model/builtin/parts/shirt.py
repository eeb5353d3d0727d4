"""Build the shirt: a round collar, shoulders and chest, cut off below in a curve as sculptors end a bust.

Rays from the middle of the chest trace it over the torso. All positions, heights and shades were chosen by
eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.part import Part, grid_faces
from flame_model.builtin.skin.bust_distance_field import (
    CHEST_MIDDLE,
    COLLAR_DEPTH,
    COLLAR_MIDDLE,
    COLLAR_SLOPE,
    COLLAR_WIDTH,
    gradient,
    reach,
    torso_distance,
)

CLOTH = np.array([0.25, 0.31, 0.40])
"""sRGB."""
COLUMNS, CLOSER_AT_SIDES = 56, 0.20
"""Number of columns, and how many radians they move towards the shoulders, which curve most."""
COLLAR_ROWS = (
    (0.0020, -0.0080, 0.40),
    (0.0002, 0.0056, 0.90),
    (0.0034, 0.0082, 0.95),
    (0.0145, 0.0074, 0.93),
    (0.0166, 0.0052, 0.72),
    (0.0190, 0.0060, 0.98),
)
"""Rows from inside the collar over its rim and band to the seam: metres below the rim, height above the skin,
brightness."""
BODY_ROWS, BODY_HEIGHT = 7, 0.0064
"""Rows from the seam to the hem, and metres above the skin."""
HEM_ROWS = ((0.97, 0.92), (0.60, 0.80))
"""Rows that round the hem and close it from below: size relative to the hem, brightness."""
_SAMPLES = 90
"""Points per column from the collar to the hem."""


def shirt() -> Part:
    """Return the shirt, which follows the root joint."""
    even = np.arange(COLUMNS) * (2.0 * np.pi / COLUMNS)
    around = even + CLOSER_AT_SIDES * np.sin(2.0 * even)
    columns = _columns(around)
    step = np.linalg.norm(np.diff(columns, axis=0), axis=-1)
    length = np.concatenate([np.zeros((1, COLUMNS)), np.cumsum(step, axis=0)])
    down, height, shade = np.array(COLLAR_ROWS).T
    rows = [_row(columns, length, np.full(COLUMNS, d), h) for d, h in zip(down, height, strict=True)]
    for share in np.linspace(0.0, 1.0, BODY_ROWS + 1)[1:]:
        rows.append(_row(columns, length, down[-1] + share * (length[-1] - down[-1]), BODY_HEIGHT))
    hem = rows[-1]
    bottom = np.array([0.0, hem[:, 1].max(), CHEST_MIDDLE[2]])
    rows += [bottom + size * (hem - bottom) for size, _ in HEM_ROWS]
    vertices = np.concatenate([*rows, bottom[None]])
    shades = np.concatenate([shade, np.ones(BODY_ROWS), [shade for _, shade in HEM_ROWS]])
    brightness = np.append(np.repeat(shades, COLUMNS), HEM_ROWS[-1][1])
    return Part(vertices, _faces(len(rows)), brightness[:, None] * CLOTH, joint=0, material="cloth")


def _columns(around: Float64Array) -> Float64Array:
    """Return points (S, COLUMNS, 3) of the torso from the collar to the hem, by azimuth from the front."""
    side, front = np.sin(around), np.cos(around)
    ahead = COLLAR_DEPTH * front
    collar = COLLAR_MIDDLE + np.stack([COLLAR_WIDTH * side, -COLLAR_SLOPE * ahead, ahead], axis=-1)
    start = _unit(collar - CHEST_MIDDLE)
    slope = -0.22 - 0.68 * front**2
    end = _unit(np.stack([side, slope, front], axis=-1))
    angle = np.arccos((start * end).sum(axis=1, keepdims=True))
    columns = []
    for share in np.linspace(0.0, 1.0, _SAMPLES):
        ray = (np.sin((1.0 - share) * angle) * start + np.sin(share * angle) * end) / np.sin(angle)
        columns.append(CHEST_MIDDLE + reach(CHEST_MIDDLE, ray, torso_distance, 0.40)[:, None] * ray)
    return np.stack(columns)


def _row(columns: Float64Array, length: Float64Array, along: Float64Array, height: float) -> Float64Array:
    """Return the points (COLUMNS, 3) `along` (COLUMNS,) metres down the columns and `height` above them."""
    row = np.array(
        [
            [np.interp(along[c], length[:, c], columns[:, c, axis]) for axis in range(3)]
            for c in range(columns.shape[1])
        ]
    )
    return row + height * _unit(gradient(torso_distance, row))


def _faces(rows: int) -> np.ndarray:
    """Return the triangles of the rows and of the fan that closes the last one around the final vertex."""
    last = (rows - 1) * COLUMNS + np.arange(COLUMNS)
    fan = np.stack([last, np.full(COLUMNS, rows * COLUMNS), np.roll(last, -1)], axis=1)
    return np.concatenate([grid_faces(rows, COLUMNS, closed=True), fan])


def _unit(vectors: Float64Array) -> Float64Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))

"""The nasolabial folds, which smiles and sneers draw between nose and mouth corners.

A fold is too narrow for the 468 landmarks. A point of the skin at distance d from the fold's line, positive
on the cheek's side, moves by

    (BULGE exp(-((d - BULGE_AWAY) / BULGE_REACH)^2) - DEPTH exp(-(d / REACH)^2)) w

along OUTWARD, where w fades out at both ends of the line. All numbers were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.shapes.authored import mirrored
from flame_model.geometry.smoothstep import smoothstep

LINE = np.array(
    [[0.0185, -0.0080], [0.0225, -0.0140], [0.0265, -0.0200], [0.0300, -0.0265], [0.0325, -0.0330],
     [0.0335, -0.0400]]
)  # fmt: skip
"""Metres, x and y on the person's left side, from the nose to beside the mouth."""
DEPTH, REACH = 0.0016, 0.0028
BULGE, BULGE_AWAY, BULGE_REACH = 0.0016, 0.0066, 0.0048
"""Metres."""
FADE = 0.30
"""Share of the line over which the fold fades in at either end."""
FRONT_Z = (-0.020, -0.012)
"""Metres; skin behind these depths has no fold."""
OUTWARD = np.array([0.40, 0.10, 0.91])
STRENGTHS = {"mouthSmile": 1.0, "noseSneer": 0.9, "mouthUpperUp": 0.45}
"""Signal to the share of the fold that it draws on its own side."""


def folds(points: Float64Array) -> dict[str, Float64Array]:
    """Return the displacements (N, 3) of the skin's rest `points` (N, 3) by the signals that draw a fold."""
    moves = {"Left": _fold(points), "Right": mirrored(_fold(mirrored(points)))}
    return {name + side: share * move for name, share in STRENGTHS.items() for side, move in moves.items()}


def _fold(points: Float64Array) -> Float64Array:
    """Return the displacements (N, 3) of points (N, 3) by the fold on the person's left side."""
    steps = np.linspace(0.0, 1.0, 61)
    knots = np.linspace(0.0, 1.0, len(LINE))
    line = np.stack([np.interp(steps, knots, LINE[:, axis]) for axis in range(2)], axis=1)
    along = np.gradient(line, axis=0)
    outside = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.linalg.norm(along, axis=1, keepdims=True)
    offset = points[:, None, :2] - line
    nearest = np.argmin((offset**2).sum(axis=2), axis=1)
    own = offset[np.arange(len(points)), nearest]
    across = np.linalg.norm(own, axis=1) * np.sign((own * outside[nearest]).sum(axis=1))
    height = BULGE * np.exp(-(((across - BULGE_AWAY) / BULGE_REACH) ** 2))
    height -= DEPTH * np.exp(-((across / REACH) ** 2))
    place = steps[nearest]
    height *= smoothstep(0.0, FADE, place) * smoothstep(1.0, 1.0 - FADE, place)
    return np.asarray((height * smoothstep(*FRONT_Z, points[:, 2]))[:, None] * OUTWARD)

"""Keep the lips and the skin around them in front of the teeth; the distances were chosen by eye.

The tracker guesses the depth of lips and cheeks. Measured shapes draw mouth corners, and the skin under the
lower lip, back by up to 5 mm, where a person's teeth and gums would hold them.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.teeth import arch
from flame_model.builtin.rig import jaw_bone_opened, jaw_share
from flame_model.geometry.smoothstep import smoothstep

COVER_M, OPENED_COVER_M = 0.0052, 0.0038
"""Metres of lip or skin before the middle of the teeth, and in an open mouth, whose corners are thin; less
where the face at rest has less."""
REGION_Y = (-0.072, -0.064, -0.026, -0.016)
"""Metres; the skin is held fully between the inner two heights and not at all outside the outer two."""
ON_JAW = (0.36, 0.86)
"""Shares of the jaw's turn between which a point counts less as before the upper than the lower teeth."""
_LENGTHS = np.linspace(0.0, 0.05, 400)


def over_teeth(face: Float64Array, shape: Float64Array) -> Float64Array:
    """Return the `shape` (468, 3) of the rest `face` (468, 3) without points pressed into the teeth."""
    return _held(face, shape, face + shape, COVER_M)


def opened_over_teeth(face: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return `jaw_open` (468, 3) without points pressed into upper teeth or lower ones, which it moves."""
    carried = smoothstep(*ON_JAW, jaw_share(face, jaw_open))[:, None]
    over = face + jaw_open - carried * jaw_bone_opened(face, face, jaw_open)
    return _held(face, jaw_open, over, OPENED_COVER_M)


def _held(face: Float64Array, shape: Float64Array, over: Float64Array, cover: float) -> Float64Array:
    """Return `shape` with points brought forward that have less than `cover` metres at `over` (468, 3)."""
    missing = np.maximum(np.minimum(_before_teeth(face), cover) - _before_teeth(over), 0.0)
    y = face[:, 1]
    held = missing * smoothstep(*REGION_Y[:2], y) * smoothstep(*REGION_Y[:1:-1], y)
    return shape + held[:, None] * np.array([0.0, 0.0, 1.0])


def _before_teeth(points: Float64Array) -> Float64Array:
    """Return how far (N,) points (N, 3) lie before the upper teeth, metres; beside them it is large."""
    _, row = arch(_LENGTHS)
    return np.asarray(points[:, 2] - np.interp(np.abs(points[:, 0]), row[:, 0], row[:, 2], right=-1.0))

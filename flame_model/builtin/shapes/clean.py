"""From measured displacement per signal to the clean shapes of the rig."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.geometry.smoothstep import smoothstep

_UPPER_PREFIXES = ("brow", "eye")


def clean_shape(name: str, shape: Float64Array, face: Float64Array) -> Float64Array:
    """Return `shape` (468, 3) without what leaked into parts of the `face` that signal `name` cannot move.

    A regression on real footage also sees heads nod and cameras breathe: brows and eyes keep the upper face,
    mouth and jaw the lower one, and both fade out before the face's oval where it meets the skull.
    """
    x, y, _ = face.T
    if name.startswith(_UPPER_PREFIXES):
        mask = (
            smoothstep(-0.012, 0.012, y) * smoothstep(0.084, 0.070, y) * smoothstep(0.064, 0.050, np.abs(x))
        )
    else:
        mask = smoothstep(0.030, 0.002, y) * (
            1.0 - smoothstep(0.044, 0.064, np.abs(x)) * smoothstep(-0.05, -0.02, y)
        )
    return np.asarray(shape * mask[:, None])

"""Smooth steps between two values."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array


def smoothstep(low: float, high: float, value: Float64Array) -> Float64Array:
    """Return 0 at `low`, 1 at `high` (which may be the smaller), smooth between."""
    s = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(s * s * (3.0 - 2.0 * s))

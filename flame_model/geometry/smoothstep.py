"""The smoothstep function: a smooth transition from 0 to 1 between two values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array


def smoothstep(low: float, high: float, value: npt.NDArray[np.floating]) -> Float64Array:
    """Return s^2 (3 - 2 s) with s = (value - low) / (high - low) limited to 0..1; `low` may exceed `high`."""
    s = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(s * s * (3.0 - 2.0 * s))

"""Weights that ease in and out while their switches are on and off.

A weight is smoothstep(p) of a progress p, 0 to 1, which rises by T / IN_S after the time T while its switch
is on, and falls by T / OUT_S while it is off. So a switch that changes half-way turns the weight round.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import FlagArray, Float64Array

IN_S = 0.15
"""Seconds in which a weight rises: an expression that is shown takes about as long on people."""
OUT_S = 0.25
"""Seconds in which it falls; people let go more slowly."""


class EasedWeights:
    """One weight for each of several switches."""

    def __init__(self, on: FlagArray) -> None:
        """Begin where the switches (n,) stand, with weights of 0 and 1."""
        self._progress = on.astype(np.float64)
        self._at_rest = not on.any()
        self._time_s: float | None = None

    def at(self, time_s: float, on: FlagArray) -> Float64Array | None:
        """Return the weights (n,) at `time_s` with the switches (n,), None where all are 0.

        A clock that falls back moves nothing.
        """
        elapsed_s = 0.0 if self._time_s is None else max(0.0, time_s - self._time_s)
        self._time_s = time_s
        if self._at_rest and not on.any():
            return None
        steps = np.where(on, elapsed_s / IN_S, -elapsed_s / OUT_S)
        progress = np.minimum(np.maximum(self._progress + steps, 0.0), 1.0)
        self._progress, self._at_rest = progress, not (progress.any() or on.any())
        return None if self._at_rest else progress * progress * (3.0 - 2.0 * progress)

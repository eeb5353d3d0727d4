"""The slow mean of a place, which follows at once where the place goes far away from it."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array


class SlowMean:
    """The mean m (N,) of places x (N,): a low-pass of the first order, whose time constant grows at first.

        m <- x - clip((x - m) exp(-T / tau), -leash, leash),    tau = min(tau_s, max(first_s, age))

    for steps of T seconds; the age is the sum of the steps. The leash keeps the mean of somebody who walks
    away from being far behind when they stop.
    """

    def __init__(self, tau_s: float, first_s: float = np.inf, leash: float = np.inf) -> None:
        self._tau_s, self._first_s, self._leash = tau_s, first_s, leash
        self._age_s = self._time_s = 0.0
        self.value: Array | None = None
        """(N,) the mean; None before the first place."""

    def add(self, place: Array, time_s: float) -> None:
        """Add a place (N,) at a time in seconds; a clock that falls back counts as one that stands still."""
        if self.value is None:
            self._age_s, self._time_s, self.value = 0.0, time_s, place
            return
        step_s, self._time_s = max(0.0, time_s - self._time_s), time_s
        self._age_s += step_s
        tau_s = min(self._tau_s, max(self._first_s, self._age_s))
        offset = (place - self.value) * np.exp(-step_s / tau_s)
        self.value = place - np.clip(offset, -self._leash, self._leash)

    def reset(self) -> None:
        """Forget all places: the next one is the mean."""
        self.value = None

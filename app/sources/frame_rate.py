"""Measure the frame rate of a clip; what containers state is often a time base, an average or a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

SLOWEST_FPS, FASTEST_FPS = 1.0, 240.0
"""Credible rates. Outside lie time bases (90000) and what browsers write for an unknown rate (1000)."""
_NEAR = 0.25
"""Steps within this share of the median step count as the same step with jitter and rounding."""
_SAME = 0.002
"""Relative difference up to which a stated rate is taken for the measured one: 29.97 for 30, but not 29.5."""


def frame_rate(times_s: Iterable[float], stated: Sequence[float], tick_s: float) -> float | None:
    """Return frames per second: one over the usual step between frames; None where it cannot be known.

    `times_s` are the times of the first frames in any order, rounded to `tick_s`. With d_i the steps between
    their sorted distinct values, m the (lower) median step and U = {d_i : |d_i - m| <= max(0.25 m, tick)},

        measured = 1 / mean(U),    uncertainty u = 0.002 + 2 tick / sum(U).

    The first `stated` rate s with |s / measured - 1| <= u is returned because it is exact; without one, the
    measured rate within SLOWEST_FPS..FASTEST_FPS. Fewer than two times leave the first credible stated rate.
    """
    credible = [rate for rate in stated if SLOWEST_FPS <= rate <= FASTEST_FPS]
    steps = np.diff(np.unique(np.fromiter(times_s, float)))
    if not len(steps):
        return credible[0] if credible else None
    median = np.sort(steps)[(len(steps) - 1) // 2]
    # A little more than a tick, because sums of ticks are not exact in floating point.
    usual = steps[np.abs(steps - median) <= max(_NEAR * median, 1.01 * tick_s)]
    measured = 1.0 / float(usual.mean())
    uncertainty = _SAME + 2.0 * tick_s / float(usual.sum())
    exact = [rate for rate in credible if abs(rate / measured - 1.0) <= uncertainty]
    return exact[0] if exact else min(max(measured, SLOWEST_FPS), FASTEST_FPS)

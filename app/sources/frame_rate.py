"""The rate of a clip, measured: what containers state is often a time base, an average or a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

SLOWEST_FPS, FASTEST_FPS = 1.0, 240.0
"""Rates outside are no clip's: 90000 is a time base, 1000 what browsers write where they do not know."""
_NEAR = 0.25
"""Steps that differ by no more than this share from the usual one are its jitter and rounding."""
_SAME = 0.002
"""A stated rate this near to the measured one is the exact one: 30 is kept apart from 29.5, but not 29.97."""


def frame_rate(times_s: Iterable[float], stated: Sequence[float], tick_s: float) -> float | None:
    """Return frames per second: one over the usual step between pictures; None where nothing tells.

    `times_s` are those of the first pictures in any order, rounded to `tick_s`; of the `stated` rates the
    first that agrees with them is returned, since it is exact.
    """
    credible = [rate for rate in stated if SLOWEST_FPS <= rate <= FASTEST_FPS]
    steps = np.diff(np.unique(np.fromiter(times_s, float)))
    if not len(steps):
        return credible[0] if credible else None
    median = np.sort(steps)[(len(steps) - 1) // 2]
    # A little more than a tick, as sums of ticks are not exact.
    usual = steps[np.abs(steps - median) <= max(_NEAR * median, 1.01 * tick_s)]
    measured = 1.0 / float(usual.mean())
    uncertain = _SAME + 2.0 * tick_s / float(usual.sum())
    exact = [rate for rate in credible if abs(rate / measured - 1.0) <= uncertain]
    return exact[0] if exact else min(max(measured, SLOWEST_FPS), FASTEST_FPS)

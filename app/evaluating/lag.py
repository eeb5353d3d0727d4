"""Measure the lag between two motions by the peak of their cross-correlation, finer than a frame."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array

LONGEST_S = 0.4
"""Largest lag that is searched, in both directions."""
_MOVES_MM = 0.1
"""Standard deviation below which points count as still, without a lag to measure; chosen by trial."""


def lag_s(late: Float64Array, early: Float64Array, fps: float) -> float:
    """Return by how many seconds the points `late` (N, K, 3) follow `early` (N, K, 3), both in millimetres.

    With c(s) the correlation of `late`, shifted by s frames, with `early`, and p the shift of its peak, the
    vertex of the parabola through the peak and its neighbours gives the lag in frames:

        lag = p + (c(p-1) - c(p+1)) / (2 (c(p-1) - 2 c(p) + c(p+1)))

    It is right within 1 ms for motion up to 5 Hz at 25 frames a second. NaN where nothing moves or the
    motions are too short.
    """
    if min(late.std(axis=0).max(), early.std(axis=0).max()) < _MOVES_MM:
        return float("nan")
    longest = min(round(LONGEST_S * fps), len(late) // 3)
    correlations = np.array([_correlation(late, early, shift) for shift in range(-longest, longest + 1)])
    peak = int(correlations.argmax())
    if not 0 < peak < 2 * longest:
        return float("nan")
    before, top, after = correlations[peak - 1 : peak + 2]
    between = 0.5 * (before - after) / (before - 2.0 * top + after)
    return float((peak - longest + between) / fps)


def _correlation(late: Float64Array, early: Float64Array, shift: int) -> float:
    """Return the correlation of `late`, shifted by `shift` frames, with `early` where they overlap."""
    count = len(late) - abs(shift)
    a = late[max(shift, 0) :][:count]
    b = early[max(-shift, 0) :][:count]
    a, b = a - a.mean(axis=0), b - b.mean(axis=0)
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))

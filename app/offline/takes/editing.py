"""Cut a part out of a take, and join takes one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.sources.take import frame_interval, shown_times
from flame_model.arrays import Float64Array
from mappings.frames import FaceObservation, unconnected
from mappings.records.take import Take, frame_rate

_SAME_S = 1e-6
"""Times that differ by less are the same: recorded times are binary fractions, given ones decimal."""


def cut_take(take: Take, begin_s: float, end_s: float) -> Take:
    """Return the frames that are shown at begin_s <= t < end_s of a take, whose first frame is at 0.

    The part begins at 0 as well. It may be empty.
    """
    times = shown_times(take)
    first, last = np.searchsorted(times, np.subtract((begin_s, end_s), _SAME_S))
    part = slice(first, max(first, last))
    shown = times[part]
    kept = list(take.observations[part])
    return _take(take.name, [*map(unconnected, kept[:1]), *kept[1:]], shown - shown[:1])


def join_takes(takes: Sequence[Take]) -> Take:
    """Return takes, each of at least one frame, as one: the next begins where the last frame of one ends.

    Every frame keeps its own step and the size of its own picture.
    """
    observations: list[FaceObservation | None] = []
    times: list[Float64Array] = []
    begin_s = 0.0
    for take in takes:
        times.append(begin_s + shown_times(take))
        begin_s = float(times[-1][-1]) + frame_interval(take)
        observations += [unconnected(take.observations[0]), *take.observations[1:]]
    return _take(takes[0].name, observations, np.concatenate(times))


def _take(name: str, observations: list[FaceObservation | None], times: Float64Array) -> Take:
    """Return a take whose observations carry its times."""
    timed = (
        None if seen is None else replace(seen, time_s=time_s)
        for seen, time_s in zip(observations, times.tolist(), strict=True)
    )
    return Take(name, tuple(timed), times, frame_rate(times))

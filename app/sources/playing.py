"""Play something recorded: at its own speed or as fast as asked, once or round and round."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from app.sources.contract import Playback
from app.sources.timeline import Timeline

T = TypeVar("T")

_NAP_S = 0.1
"""Longest sleep without looking whether the source was closed meanwhile."""


def wait_until(due_s: float, playback: Playback, stopping: threading.Event) -> None:
    """Sleep until the playback's clock shows `due_s` or `stopping` is set."""
    while not stopping.is_set() and (left := due_s - playback.clock()) > 0:
        playback.sleep(min(left, _NAP_S))


class Pacer:
    """Wait for each time in turn, and never hurry after a stall: what was lost stays lost."""

    def __init__(self, playback: Playback, stopping: threading.Event) -> None:
        """Take the playback's clock and sleep, and the event that cuts a wait short."""
        self._playback = playback
        self._stopping = stopping
        self._zero_s: float | None = None
        self._last_s = 0.0

    def wait_for(self, time_s: float) -> None:
        """Sleep until `time_s` of the source is due; the first call sets the start."""
        now_s = self._playback.clock()
        if self._zero_s is None:
            self._zero_s = now_s - time_s
        late_s = now_s - (self._zero_s + time_s)
        # Half an interval of lateness is the jitter of any sleep; more is a stall, so the start moves.
        if late_s > 0.5 * (time_s - self._last_s):
            self._zero_s += late_s
        self._last_s = time_s
        wait_until(self._zero_s + time_s, self._playback, self._stopping)


def play(
    round_of: Callable[[], Iterator[tuple[float, T]]],
    playback: Playback,
    stopping: threading.Event,
    interval_s: float,
) -> Iterator[tuple[int, float, T]]:
    """Yield (index, time_s, item) of every round; times start at 0 and rise strictly, also across loops.

    `round_of` starts one round and yields (time in the recording, item). `interval_s` is how long the last
    item of a round stays, and the step where a recording's times do not rise.
    """
    pacer, timeline = Pacer(playback, stopping), Timeline(interval_s)
    index = 0
    while not stopping.is_set():
        start_index = index
        timeline.begin_round()
        for recorded_s, item in round_of():
            time_s = timeline.place(recorded_s)
            if playback.live:
                pacer.wait_for(time_s)
            if stopping.is_set():
                return
            yield index, time_s, item
            index += 1
        if playback.live:
            pacer.wait_for(timeline.end_s)
        if not playback.loop or index == start_index:
            return

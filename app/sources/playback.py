"""Play back recordings: at their own speed or as fast as asked, once or in a loop, with times that rise."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from app.sources.contract import BLACK, Color

T = TypeVar("T")

LONGEST_PAUSE_S = 300.0
"""A longer step between two frames is no pause: the recording's clock was reset, or the time is damaged."""
_LONGEST_DISORDER_S = 1.0
"""Decoders reorder frames by less. Times that go back further belong to another recording joined on."""
_CLOSE_STEP = 0.1
"""Share of a frame interval by which a frame follows the one before it where recorded times do not rise."""
_NAP_S = 0.1
"""Longest sleep before checking again whether the source was closed."""


@dataclass(frozen=True, slots=True)
class Playback:
    """How a source is played back; clock and sleep are parameters so that tests need not wait."""

    live: bool
    """True: at the source's own speed. False: every frame, as fast as the caller iterates."""
    loop: bool = False
    """Whether the recording starts again at its end."""
    clock: Callable[[], float] = time.perf_counter
    """Returns rising seconds."""
    sleep: Callable[[float], object] = time.sleep
    """Sleeps for the given seconds."""
    backdrop: Color = BLACK
    """Colour shown through transparent pictures."""


def wait_until(due_s: float, playback: Playback, stopping: threading.Event) -> None:
    """Sleep until the playback's clock shows `due_s` or `stopping` is set."""
    while not stopping.is_set() and (left := due_s - playback.clock()) > 0:
        playback.sleep(min(left, _NAP_S))


class Pacer:
    """Waits for each frame's time in turn; after a stall it does not hurry to catch up."""

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


class Timeline:
    """Puts the frame times of a recording's rounds one after another.

    A frame recorded at r is shown at t = r - z. At the start of a round, and where the recording's clock
    jumps, z is set so that the frame is shown where the one before it ends. Frames whose times do not rise
    follow the one before them by a tenth of an interval.
    """

    def __init__(self, interval_s: float) -> None:
        """Take the seconds between two frames for where times do not give them: between rounds, at jumps."""
        self.end_s = 0.0
        """When the newest frame ends."""
        self._interval_s = interval_s
        self._newest_s: float | None = None
        self._zero_s = 0.0
        self._last_s = -interval_s

    def begin_round(self) -> None:
        """Place the next frame where the one before it ends."""
        self._newest_s = None

    def place(self, recorded_s: float) -> float:
        """Return the seconds at which the frame recorded at `recorded_s` is shown, after all before it."""
        step_s = None if self._newest_s is None else recorded_s - self._newest_s
        if step_s is None or not -_LONGEST_DISORDER_S <= step_s <= LONGEST_PAUSE_S:
            self._zero_s = recorded_s - self.end_s
        self._newest_s = recorded_s
        time_s = recorded_s - self._zero_s
        # Only a time that goes back or stands still falls behind.
        if time_s <= self._last_s:
            time_s = self._last_s + _CLOSE_STEP * self._interval_s
        self._last_s, self.end_s = time_s, time_s + self._interval_s
        return time_s


def play(
    round_of: Callable[[], Iterator[tuple[float, T]]],
    playback: Playback,
    stopping: threading.Event,
    interval_s: float,
) -> Iterator[tuple[int, float, T]]:
    """Yield (index, time_s, item) of every round; times start at 0 and rise strictly, also across loops.

    `round_of` starts one round and yields (time in the recording, item). `interval_s` is how long the last
    item of a round is shown, and the step where a recording's times do not rise.
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

"""When each picture of a recording is shown: its own time, made to start at 0 and to rise."""

from __future__ import annotations

LONGEST_PAUSE_S = 300.0
"""A longer step is no pause: the recording's clock was set anew, or its time is damaged."""
_LONGEST_DISORDER_S = 1.0
"""Times that go back further than pictures are ever reordered are those of another recording joined on."""


class Timeline:
    """Place the times of a recording's rounds one after the other."""

    def __init__(self, interval_s: float) -> None:
        """Take the step where times do not tell: between rounds, and where the recording's clock jumps."""
        self.end_s = 0.0
        """When the newest picture has been shown."""
        self._interval_s = interval_s
        self._newest_s: float | None = None
        self._zero_s = 0.0
        self._last_s = -interval_s

    def begin_round(self) -> None:
        """Put the next time where the picture before it ends."""
        self._newest_s = None

    def place(self, recorded_s: float) -> float:
        """Return the seconds at which the picture of `recorded_s` is shown, after all before it."""
        step_s = None if self._newest_s is None else recorded_s - self._newest_s
        if step_s is None or not -_LONGEST_DISORDER_S <= step_s <= LONGEST_PAUSE_S:
            self._zero_s = recorded_s - self.end_s
        self._newest_s = recorded_s
        time_s = recorded_s - self._zero_s
        # Only a time that goes back or stands still falls behind; it follows the one before it closely.
        if time_s <= self._last_s:
            time_s = self._last_s + 0.1 * self._interval_s
        self._last_s, self.end_s = time_s, time_s + self._interval_s
        return time_s

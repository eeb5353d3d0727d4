"""The countdown before a recording."""

from __future__ import annotations

import math
from collections.abc import Callable

DEFAULT_S, LONGEST_S = 3.0, 60.0


class Countdown:
    """Counts seconds down to the beginning of a recording; 0 seconds are over at once."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end_s: float | None = None

    @property
    def left(self) -> int | None:
        """Seconds left, rounded up and at least 1; None while nothing is counted."""
        return None if self._end_s is None else max(1, math.ceil(self._end_s - self._clock()))

    def start(self) -> None:
        """Begin to count."""
        self._end_s = self._clock() + self._seconds

    def cancel(self) -> bool:
        """Stop counting; return whether anything was counted."""
        counted, self._end_s = self._end_s is not None, None
        return counted

    def over(self) -> bool:
        """Return True once, when the time is up."""
        return self._end_s is not None and self._clock() >= self._end_s and self.cancel()

"""Bring timed items to a constant rate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Have a time in seconds."""

    @property
    def time_s(self) -> float: ...


T = TypeVar("T", bound=Timed)


def resample(items: Iterable[T], fps: float, last_s: Callable[[], float] = lambda: 0.0) -> Iterator[T]:
    """Yield the newest item at every 1/fps seconds from the first one's time: repeat or skip, never hurry.

    The last one stays for as long as `last_s` says after it has come, and is given once at least.
    """
    start_s, given, newest = 0.0, 0, None
    for item in items:
        if newest is None:
            start_s = item.time_s
        # An item up to half a tick late still belongs to it: times are rounded to the source's time base.
        while newest is not None and start_s + (given + 0.5) / fps <= item.time_s:
            yield newest
            given += 1
        newest = item
    if newest is not None:
        end_s = newest.time_s - start_s + last_s()
        yield from repeat(newest, max(1, round(end_s * fps) - given))

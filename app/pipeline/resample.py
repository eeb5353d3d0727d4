"""Resample timed items to a constant rate by repeating and skipping them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Anything with a time in seconds."""

    @property
    def time_s(self) -> float: ...


T = TypeVar("T", bound=Timed)


def resample(items: Iterable[T], fps: float, last_s: Callable[[], float] = lambda: 0.0) -> Iterator[T]:
    """Yield the newest item at every multiple of 1/fps seconds after the first item's time.

    Items that come too slowly are repeated, those that come too fast are skipped. The last one is repeated
    for `last_s()` seconds, asked for after it has come, and is yielded at least once.
    """
    start_s, yielded, newest = 0.0, 0, None
    for item in items:
        if newest is None:
            start_s = item.time_s
        # An item up to half a tick late still counts for it: times are rounded to the source's time base.
        while newest is not None and start_s + (yielded + 0.5) / fps <= item.time_s:
            yield newest
            yielded += 1
        newest = item
    if newest is not None:
        end_s = newest.time_s - start_s + last_s()
        yield from repeat(newest, max(1, round(end_s * fps) - yielded))

"""Bring timed items to a constant rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Have a time in seconds."""

    @property
    def time_s(self) -> float: ...


T = TypeVar("T", bound=Timed)


def resample(items: Iterable[T], fps: float) -> Iterator[T]:
    """Yield the newest item at every 1/fps seconds from the first one's time: repeat or skip, never hurry."""
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
        yield newest

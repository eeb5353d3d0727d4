"""The capture stage: every item of a source with the time it came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.live.stats import Rate
from app.sources import Source, SourceLost, SourceNotice, TakeFrame
from flame_model.notices import Say
from mappings.frames import Frame


@dataclass(frozen=True, slots=True)
class CapturedItem:
    """Hold one item and when it was captured."""

    item: Frame | TakeFrame | SourceLost
    captured_s: float
    """In the live run's clock; latency counts from here."""


def capture(
    open_source: Callable[[], Source],
    wait_for_audience: Callable[[], object],
    rate: Rate,
    say: Say,
    clock: Callable[[], float],
) -> Iterator[CapturedItem]:
    """Yield what a source gives once `wait_for_audience` returns: a clip starts when it can be seen.

    Both may wait as long as they like: they are called on this stage's thread.

    Notices go to `say`: between the workers a newer frame might replace them.
    """
    source = open_source()
    wait_for_audience()
    for item in source:
        if isinstance(item, SourceNotice):
            say(item.text)
            continue
        now_s = clock()
        if not isinstance(item, SourceLost):
            rate.tick(now_s)
        yield CapturedItem(item, now_s)

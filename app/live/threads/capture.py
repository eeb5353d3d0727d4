"""The capture step: take items from the source and note when each came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.live.timing_stats import Rate
from app.sources import Source, SourceLost, SourceNotice, TakeFrame
from flame_model.notices import Say
from mappings.frames import Frame


@dataclass(frozen=True, slots=True)
class CapturedItem:
    """One item of a source with its capture time."""

    item: Frame | TakeFrame | SourceLost
    captured_s: float
    """Seconds in the live run's clock, from which latency is measured."""


def capture(
    open_source: Callable[[], Source],
    wait_until_ready: Callable[[], object],
    rate: Rate,
    say: Say,
    clock: Callable[[], float],
) -> Iterator[CapturedItem]:
    """Yield the items of a source, whose notices go to `say`; `rate` counts the frames.

    The iteration begins when `wait_until_ready` returns, so that a clip starts when it can be shown. Both
    functions are called on this generator's thread and may block.
    """
    source = open_source()
    wait_until_ready()
    for item in source:
        if isinstance(item, SourceNotice):
            say(item.text)
            continue
        now_s = clock()
        if not isinstance(item, SourceLost):
            rate.tick(now_s)
        yield CapturedItem(item, now_s)

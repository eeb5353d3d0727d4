from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest

from app.pipeline.resample import resample


@dataclass(frozen=True)
class Item:
    time_s: float


def items(count: int, fps: float) -> list[Item]:
    return [Item(100.0 + index / fps) for index in range(count)]


def test_the_same_rate_gives_every_item_once() -> None:
    source = items(50, 30.0)
    assert list(resample(source, 30.0)) == source


def test_times_that_are_rounded_still_give_every_item_once() -> None:
    source = [Item(round(item.time_s, 3)) for item in items(50, 30.0)]
    assert list(resample(source, 30.0)) == source


@pytest.mark.parametrize("fps", [10.0, 25.0, 60.0])
def test_other_rates_keep_the_duration(fps: float) -> None:
    resampled = list(resample(items(91, 30.0), fps))
    assert len(resampled) / fps == pytest.approx(3.0, abs=1.5 / fps + 0.01)
    steps = [later.time_s - item.time_s for item, later in pairwise(resampled)]
    assert min(steps) >= 0.0


def test_nothing_gives_nothing() -> None:
    assert list(resample([], 30.0)) == []


def test_the_last_one_stays_as_long_as_it_is_said_to() -> None:
    source = items(5, 10.0)
    assert list(resample(source, 10.0, last_s=lambda: 0.1)) == source
    assert list(resample(source, 10.0, last_s=lambda: 1.0)) == [*source, *[source[-1]] * 9]

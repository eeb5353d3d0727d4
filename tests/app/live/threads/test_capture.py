from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.live.threads.capture import CapturedItem, capture
from app.live.timing_stats import Rate
from app.sources import Source, SourceItem, SourceLost, SourceNotice
from mappings.frames import Frame


class ListedSource(Source):
    name, is_camera, fps, frame_count, size = "list", False, 30.0, None, (4, 4)

    def __init__(self, items: list[SourceItem]) -> None:
        self._items = items

    def __iter__(self) -> Iterator[SourceItem]:
        return iter(self._items)

    def close(self) -> None:
        pass


def frame(index: int) -> Frame:
    return Frame(index, index / 30, np.zeros((4, 4, 3), np.uint8))


def run(items: list[SourceItem], said: list[str], rate: Rate) -> list[CapturedItem]:
    ticks = iter(range(1000))
    return list(
        capture(lambda: ListedSource(items), lambda: None, rate, said.append, lambda: next(ticks) / 10)
    )


def test_every_frame_carries_the_time_it_came() -> None:
    rate = Rate()
    captured = run([frame(0), frame(1), frame(2)], [], rate)
    assert [each.captured_s for each in captured] == [0.0, 0.1, 0.2]
    assert rate.overall() == 10.0


def test_a_loss_is_handed_on_but_is_no_frame() -> None:
    rate = Rate()
    captured = run([frame(0), SourceLost("gone"), frame(1)], [], rate)
    assert isinstance(captured[1].item, SourceLost)
    assert rate.overall() == 5.0


def test_a_notice_is_said_and_not_handed_on() -> None:
    said: list[str] = []
    captured = run([frame(0), SourceNotice("it ends early")], said, Rate())
    assert said == ["it ends early"]
    assert len(captured) == 1


def test_nothing_is_captured_before_somebody_can_see_it() -> None:
    class Impatient(ListedSource):
        def __iter__(self) -> Iterator[SourceItem]:
            assert audience, "the clip began too early"
            return super().__iter__()

    audience: list[bool] = []
    items = capture(lambda: Impatient([frame(0)]), lambda: audience.append(True), Rate(), print, lambda: 0.0)
    assert len(list(items)) == 1

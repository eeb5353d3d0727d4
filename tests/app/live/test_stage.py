from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.live.slot import Slot, SlotClosed
from app.live.stage import Stage


def numbers(count: int, closed: list[bool] | None = None) -> Iterator[int]:
    try:
        yield from range(count)
    finally:
        if closed is not None:
            closed.append(True)


def test_a_stage_that_ends_closes_its_output_without_an_error() -> None:
    output: Slot[int] = Slot()
    stage = Stage("count", numbers(3), output)
    stage.start()
    assert stage.join(5)
    assert stage.error is None
    assert output.take() == 2
    with pytest.raises(SlotClosed):
        output.take()


def test_a_dead_stage_keeps_its_exception_and_wakes_both_neighbours() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("broken frame")

    upstream: Slot[int] = Slot()
    output: Slot[int] = Slot()
    stage = Stage("fail", failing(), output, upstream)
    stage.start()
    assert stage.join(5)
    assert isinstance(stage.error, ValueError)
    assert not upstream.put(1)
    assert output.take() == 1
    with pytest.raises(SlotClosed):
        output.take()


def test_a_reader_that_closes_the_output_stops_the_stage_and_its_generator() -> None:
    closed: list[bool] = []
    output: Slot[int] = Slot()
    output.close()
    stage = Stage("stop", numbers(10**9, closed), output)
    stage.start()
    assert stage.join(5)
    assert closed == [True]
    assert stage.error is None

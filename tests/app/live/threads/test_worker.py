from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.live.threads.slot import Slot, SlotClosed
from app.live.threads.worker import Worker


def numbers(count: int, closed: list[bool] | None = None) -> Iterator[int]:
    try:
        yield from range(count)
    finally:
        if closed is not None:
            closed.append(True)


def test_a_worker_that_ends_closes_its_output_without_an_error() -> None:
    output: Slot[int] = Slot()
    worker = Worker("count", numbers(3), output)
    worker.start()
    assert worker.join(5)
    assert worker.error is None
    assert output.take() == 2
    with pytest.raises(SlotClosed):
        output.take()


def test_a_dead_worker_keeps_its_exception_and_wakes_both_neighbours() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise ValueError("broken frame")

    upstream: Slot[int] = Slot()
    output: Slot[int] = Slot()
    worker = Worker("fail", failing(), output, upstream)
    worker.start()
    assert worker.join(5)
    assert isinstance(worker.error, ValueError)
    assert not upstream.put(1)
    assert output.take() == 1
    with pytest.raises(SlotClosed):
        output.take()


def test_a_reader_that_closes_the_output_stops_the_worker_and_its_generator() -> None:
    closed: list[bool] = []
    output: Slot[int] = Slot()
    output.close()
    worker = Worker("stop", numbers(10**9, closed), output)
    worker.start()
    assert worker.join(5)
    assert closed == [True]
    assert worker.error is None

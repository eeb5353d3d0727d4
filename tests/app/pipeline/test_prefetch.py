from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.pipeline.prefetch import Prefetch


def test_everything_comes_in_order() -> None:
    assert list(Prefetch(range(1000), depth=4)) == list(range(1000))


def test_the_work_begins_before_anything_is_asked_for() -> None:
    begun = threading.Event()

    def items() -> Iterator[int]:
        begun.set()
        yield 1

    ahead = Prefetch(items(), depth=1)
    assert begun.wait(5.0)
    assert list(ahead) == [1]


def test_the_worker_stays_at_most_depth_ahead() -> None:
    produced: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            produced.append(number)
            yield number

    ahead = Prefetch(items(), depth=3)
    for taken in range(20):
        next(ahead)
        # One more may be in the worker's hands, waiting for room.
        assert len(produced) <= taken + 1 + 3 + 1
    ahead.close()


def test_an_exception_arrives_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("truncated")

    ahead = Prefetch(items(), depth=2)
    assert next(ahead) == 1
    with pytest.raises(OSError, match="truncated"):
        next(ahead)


def test_closing_early_ends_the_thread() -> None:
    before = threading.active_count()
    ahead = Prefetch(iter(range(10**9)), depth=2)
    next(ahead)
    ahead.close()
    assert threading.active_count() == before


def test_closing_early_runs_the_clean_up_of_the_items() -> None:
    closed: list[bool] = []

    def items() -> Iterator[int]:
        try:
            yield from range(100)
        finally:
            closed.append(True)

    ahead = Prefetch(items(), depth=2)
    next(ahead)
    ahead.close()
    assert closed == [True]

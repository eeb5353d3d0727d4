from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.prefetch import prefetch


def test_everything_comes_in_order() -> None:
    assert list(prefetch(range(1000), depth=4)) == list(range(1000))


def test_the_worker_stays_at_most_depth_ahead() -> None:
    produced: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            produced.append(number)
            yield number

    ahead = prefetch(items(), depth=3)
    for taken in range(20):
        next(ahead)
        # One more may be in the worker's hands, waiting for room.
        assert len(produced) <= taken + 1 + 3 + 1
    ahead.close()


def test_an_exception_arrives_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("truncated")

    ahead = prefetch(items(), depth=2)
    assert next(ahead) == 1
    with pytest.raises(OSError, match="truncated"):
        next(ahead)


def test_closing_early_ends_the_thread() -> None:
    before = threading.active_count()
    ahead = prefetch(iter(range(10**9)), depth=2)
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

    ahead = prefetch(items(), depth=2)
    next(ahead)
    ahead.close()
    assert closed == [True]

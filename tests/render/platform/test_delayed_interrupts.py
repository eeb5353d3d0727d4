"""Ctrl-C acts after the current picture is finished, and is never lost."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable

import pytest

from render.platform.delayed_interrupts import interrupts_held


def interrupted(times: int, finished: list[str]) -> Callable[[], None]:
    """Return a function that draws a picture while Ctrl-C is pressed `times` times."""

    @interrupts_held()
    def draw() -> None:
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        finished.append("picture")

    return draw


def test_an_interrupt_acts_after_the_picture_is_finished() -> None:
    finished: list[str] = []
    draw = interrupted(1, finished)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            draw()
    assert finished == ["picture", "picture"]


def test_a_second_interrupt_acts_at_once() -> None:
    finished: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted(2, finished)()
    assert finished == []


def test_a_picture_within_a_picture_is_finished_too() -> None:
    finished: list[str] = []
    inner = interrupted(1, finished)

    @interrupts_held()
    def outer() -> None:
        inner()
        finished.append("outer picture")

    with pytest.raises(KeyboardInterrupt):
        outer()
    assert finished == ["picture", "outer picture"]


def test_a_request_to_terminate_reaches_the_handler_that_was_there() -> None:
    received: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: received.append(number))
    try:
        with interrupts_held():
            signal.raise_signal(signal.SIGTERM)
            assert not received
        assert received == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_handlers_are_as_they_were_also_after_an_error() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="drawing"), interrupts_held():
        raise ValueError("drawing")
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_leave_the_handlers_alone() -> None:
    seen: list[object] = []
    before = signal.getsignal(signal.SIGINT)

    @interrupts_held()
    def look() -> None:
        seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]

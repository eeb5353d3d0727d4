"""Opening in the background: threads can wait for the result, or leave it."""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError

import pytest

from app.system.daemon import any_left
from app.system.opening import Opening


class Thing:
    def __init__(self) -> None:
        self.closed = threading.Event()

    def close(self) -> None:
        self.closed.set()


class Slow:
    """A resource whose opening a test releases."""

    def __init__(self) -> None:
        self.thing, self.let = Thing(), threading.Event()
        self.opening = Opening("slow", self.open)

    def open(self) -> Thing:
        self.let.wait(10)
        return self.thing


def test_what_was_opened_is_there_for_everybody_who_asks() -> None:
    slow = Slow()
    assert slow.opening.opened is None
    with pytest.raises(TimeoutError):
        slow.opening.wait(0.01)
    slow.let.set()
    assert slow.opening.wait(5) is slow.thing
    assert slow.opening.opened is slow.thing


def test_what_goes_wrong_is_raised_by_asking_and_abandoning_it_is_quiet() -> None:
    def fail() -> Thing:
        raise ValueError("no such camera")

    opening = Opening("fail", fail)
    for ask in (opening.wait, opening.take, lambda: opening.opened):
        with pytest.raises(ValueError, match="no such camera"):
            ask()
    opening.abandon()


def test_abandoning_frees_whoever_waits_at_once_and_closes_what_opens_later() -> None:
    slow, raised = Slow(), []

    def wait() -> None:
        try:
            slow.opening.wait()
        except CancelledError as error:
            raised.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    slow.opening.abandon()
    waiting.join(5)
    assert len(raised) == 1
    assert any_left(), "the opening itself goes on"
    slow.let.set()
    assert slow.thing.closed.wait(5)


@pytest.mark.parametrize("taken", [False, True])
def test_who_takes_it_closes_it(taken: bool) -> None:
    slow = Slow()
    slow.let.set()
    slow.opening.take() if taken else slow.opening.wait()
    slow.opening.abandon()
    assert slow.thing.closed.is_set() is not taken

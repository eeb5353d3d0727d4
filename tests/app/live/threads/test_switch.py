"""The source of a run is replaced once the next one is open, and only then."""

from __future__ import annotations

from typing import Any

import pytest

from app.live.threads.requests import Requests
from app.live.threads.slot import Slot, SlotClosed
from app.live.threads.switch import SourceSwitch
from flame_model.errors import SourceError


class FakeWorkers:
    """Workers of a source whose opening a test decides about."""

    def __init__(self, name: str) -> None:
        self.name, self.awaited = name, f"opening {name}"
        self.requests, self.live_frames, self.dropped = Requests(), Slot(), 1
        self.ready: Any = None
        self.running = False
        self.error: Exception | None = None

    def start(self) -> None:
        self.running = True

    def end(self) -> None:
        self.running = False
        self.live_frames.close()

    def join(self, _: float) -> bool:
        return not self.running

    def raise_failure(self) -> None:
        if self.error is not None:
            raise self.error


class FailedWorkers(FakeWorkers):
    """Workers of a source that cannot be opened."""

    @property
    def ready(self) -> Any:
        raise SourceError("no clip")

    @ready.setter
    def ready(self, _: Any) -> None:
        pass


class Run:
    """A switch whose first source is shown, and all workers that it has asked for."""

    def __init__(self) -> None:
        self.made = [FakeWorkers("first")]
        self.switch = SourceSwitch(self.made[0], self.make)
        self.made[0].ready = "first source"
        assert self.switch.advance() == "first source"

    def make(self, spec: str) -> FakeWorkers:
        self.made.append(FailedWorkers(spec) if spec == "broken" else FakeWorkers(spec))
        return self.made[-1]


def test_the_next_source_replaces_the_present_one_as_soon_as_it_is_open() -> None:
    run = Run()
    run.switch.change("next")
    first, following = run.made
    assert run.switch.advance() is None
    assert (first.running, following.running) == (True, False)
    assert run.switch.awaited == "opening next"
    following.ready = "next source"
    assert run.switch.advance() == "next source"
    assert (first.running, following.running) == (False, True)
    assert (run.switch.awaited, run.switch.advance()) == ("", None)
    following.live_frames.put("frame")
    assert run.switch.take(0.0) == "frame"
    assert run.switch.dropped == 2


def test_a_source_that_cannot_be_opened_leaves_the_present_one() -> None:
    run = Run()
    run.switch.change("broken")
    with pytest.raises(SourceError, match="no clip"):
        run.switch.advance()
    assert run.switch.advance() is None
    assert run.made[0].running


def test_of_two_sources_that_are_opening_the_later_one_counts() -> None:
    run = Run()
    run.switch.change("slow")
    run.switch.change("quick")
    _, slow, quick = run.made
    slow.ready, quick.ready = "slow source", "quick source"
    assert run.switch.advance() == "quick source"
    assert run.switch.advance() is None
    assert not slow.running


def test_the_end_of_a_source_is_no_end_while_another_one_opens() -> None:
    run = Run()
    run.switch.change("next")
    run.made[0].live_frames.close()
    assert run.switch.take(0.0) is None
    run.switch.change("broken")
    with pytest.raises(SourceError):
        run.switch.advance()
    with pytest.raises(SlotClosed):
        run.switch.take(0.0)
    run.made[0].error = ValueError("died")
    with pytest.raises(ValueError, match="died"):
        run.switch.take(0.0)


def test_requests_reach_the_source_that_is_shown_also_before_it_is_open() -> None:
    first = FakeWorkers("first")
    switch = SourceSwitch(first, FakeWorkers)
    asked: list[str] = []
    switch.ask(lambda *_: asked.append("early"))
    assert first.requests.apply(None, "driver") == "driver"
    first.ready = "source"
    switch.advance()
    switch.change("next")
    switch.ask(lambda *_: asked.append("late"))
    assert first.requests.apply(None, "driver") == "driver"
    assert first.requests.apply(None, "driver") is None
    assert asked == ["early", "late"]


def test_stop_ends_every_source() -> None:
    run = Run()
    run.switch.change("next")
    run.switch.stop()
    assert not any(workers.running for workers in run.made)
    assert all(workers.live_frames.put("late") is False for workers in run.made)

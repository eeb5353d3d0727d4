"""Another head is loaded beside the one that is shown, and no frame is drawn on a head that it is not for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.live.settings import LiveSettings
from app.live.threads.animating import LiveFrame
from app.live.threads.requests import Requests
from app.model.animated_head import AnimatedHead
from app.model.solvers import HYBRID, SCORES
from flame_model.find_heads import BUILTIN
from flame_model.params import rest_params
from mappings.adjusting.adjustments import Adjustments
from mappings.motion.driver import Driver

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def heads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add a head that is the built-in one under another name, and one whose file is broken."""
    monkeypatch.setattr("flame_model.find_heads.added_heads_folder", lambda: tmp_path)
    for name, content in (
        ("twin", (files("assets") / "heads" / "builtin.npz").read_bytes()),
        ("broken", b"not a head"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "head.npz").write_bytes(content)


class FakeScreen:
    """A screen without a window: it notes what it is asked to draw."""

    def __init__(self, head: Any) -> None:
        self.head = head
        self.shown: list[bool] = []
        self.colored: list[Any] = []
        self.set_colors = self.colored.append
        self.framings: list[Any] = []
        self.set_framing = self.framings.append

    def making(self, drawing: Any) -> Any:
        for _ in range(3):
            yield
        return SimpleNamespace(head=drawing.head)

    def show_head(self, renderer: Any, *, other: bool) -> None:
        self.head = renderer.head
        self.shown.append(other)


class Run:
    """A head that is shown, with a tracking thread that a test steps."""

    def __init__(self) -> None:
        from app.live.head.shown_head import ShownHead
        from app.live.head.tuning import Tuning

        settings = LiveSettings(hair="none")
        animated = AnimatedHead.load(BUILTIN)
        self.screen, self.requests, self.said = FakeScreen(animated.head), Requests(), []
        self.head = ShownHead(
            animated,
            self.screen,  # type: ignore[arg-type]
            settings,
            Tuning.of(settings),
            profile=lambda: None,
            adjustments=Adjustments,
            ask=self.requests.ask,
            say=self.said.append,
        )
        self.driver: Driver = self.head.driver()
        self.changes: list[str] = []
        self.head.changed = lambda: self.changes.append(self.head.name)

    def frame(self, driver: Driver | None = None) -> LiveFrame:
        """Return the next frame of the tracking thread."""
        self.driver = self.requests.apply(None, self.driver) or self.driver  # type: ignore[arg-type]
        params = rest_params(self.head.animated.head.expression_count)
        return LiveFrame(0.0, None, None, 0.0, params, driver=driver or self.driver)

    def wait(self, done: Callable[[], bool], *, frames: bool = True) -> None:
        deadline_s = time.monotonic() + 30
        while not done():
            assert time.monotonic() < deadline_s
            self.head.advance()
            if frames:
                self.head.accepts(self.frame())
            time.sleep(0.001)


def test_another_head_is_shown_with_the_first_frame_that_is_for_it() -> None:
    run = Run()
    assert run.head.accepts(run.frame())
    stale = run.driver
    run.head.change("twin")
    assert run.head.name == BUILTIN
    run.wait(lambda: run.head._ready, frames=False)
    assert not run.screen.shown
    assert run.head.accepts(run.frame(stale)), "frames that are on their way still fit"
    assert run.head.accepts(run.frame())
    assert run.screen.shown == [True]
    assert run.changes == ["twin"]
    assert not run.head.accepts(run.frame(stale)), "no frame is drawn on another head"
    assert run.head.accepts(run.frame())


def test_before_the_first_frame_it_is_shown_at_once() -> None:
    run = Run()
    run.head.change("twin")
    run.wait(lambda: run.head.name == "twin", frames=False)
    assert run.screen.shown == [True]
    assert run.head.accepts(run.frame())


def test_a_head_that_cannot_be_read_is_told_and_the_one_before_stays() -> None:
    run = Run()
    run.head.accepts(run.frame())
    run.head.styling.start()
    run.head.styling.wait()
    run.head.change("broken")
    run.head.styling.wear("long")
    run.wait(lambda: len(run.said) > 1)
    assert "broken" in run.said[-1]
    assert run.head.name == BUILTIN
    run.wait(lambda: bool(run.screen.shown))
    assert run.screen.shown == [False], "the hair that was chosen meanwhile"
    assert run.head.styling.style == "long"


def test_hair_and_colours_that_change_quickly_end_as_they_were_chosen_last() -> None:
    run = Run()
    run.head.accepts(run.frame())
    bare = len(run.screen.head.template)
    run.head.styling.start()
    run.head.styling.wait()
    run.head.styling.wear("long")
    run.head.advance()
    run.head.styling.move({"skin": 1.0})
    assert not run.screen.colored, "the head on the screen has other vertices"
    run.wait(lambda: len(run.screen.shown) == 2)
    assert len(run.screen.head.template) > bare
    run.head.styling.move({"skin": 0.0})
    assert len(run.screen.colored) == 1
    assert len(run.screen.colored[0].template) == len(run.screen.head.template)


def test_a_solver_is_changed_without_drawing_the_head_anew() -> None:
    run = Run()
    run.head.accepts(run.frame())
    assert run.head.animated.solver == HYBRID
    run.head.tune(replace(run.head.tuning, solver=SCORES))
    run.wait(lambda: run.head.animated.solver == SCORES)
    assert not run.screen.shown
    assert not run.changes


def test_a_tuning_reaches_the_driver_at_once() -> None:
    run = Run()
    before = run.driver
    run.head.tune(run.head.tuning)
    run.frame()
    assert run.driver is before
    run.head.tune(replace(run.head.tuning, neck_share=0.1))
    run.frame()
    assert run.driver is not before
    assert run.head.accepts(run.frame())

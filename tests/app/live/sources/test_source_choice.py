"""The window asks for a source where the one that was asked for cannot be shown."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.live.sources import source_choice
from app.live.sources.source_choice import SourceChoice, shortened
from app.live.sources.source_question import CAMERA, FILE
from app.sources import open_source
from app.sources.contract import ACCEPTED, NoCameraError
from app.sources.feeds.camera import Camera
from flame_model.errors import GraphicsError, SourceError

CAMERAS = [Camera(0, "Built-in", ""), Camera(2, "Logi C920", "")]


class FakeSwitch:
    """Opens what it is told to: `opened` is what comes next, an error or the name of a source."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.opened: list[Any] = []

    def change(self, spec: str) -> None:
        self.asked.append(spec)

    def advance(self) -> Any:
        following = self.opened.pop(0) if self.opened else None
        if isinstance(following, Exception):
            raise following
        return None if following is None else SimpleNamespace(name=following, is_camera=False)


class FakeWatch:
    """Cameras as a test connects them."""

    def __init__(self) -> None:
        self.cameras: list[Camera] | None = []
        self.fresh: list[Camera] = []

    def start(self) -> None:
        pass

    def connected(self) -> list[Camera]:
        fresh, self.fresh = self.fresh, []
        return fresh


class Window:
    """A window that shows its choice of sources."""

    def __init__(self, *opened: Any, fall_back: bool = True) -> None:
        self.switch, self.watch, self.begun, self.said = FakeSwitch(), FakeWatch(), [], []
        self.switch.opened = list(opened)
        self.choice = SourceChoice(
            self.switch, self.watch, fall_back=fall_back, begin=self.begun.append, say=self.said.append
        )
        for _ in opened:
            self.choice.advance()

    @property
    def question(self) -> Any:
        return self.choice.question.contents()

    def press(self, *keys: str) -> None:
        for key in keys:
            assert self.choice.question.press(key), key


def test_without_a_camera_the_demo_is_shown_and_three_ways_are_offered() -> None:
    window = Window(NoCameraError("There is no camera 0; cameras found: none."), "demo")
    assert window.switch.asked == ["demo"]
    assert [source.name for source in window.begun] == ["demo"]
    assert window.question.text == "No camera was found."
    assert window.question.buttons == (CAMERA, FILE, "keep the demo")
    assert "This is the demo" in window.question.detail
    window.press("3")
    assert window.question is None
    assert not window.choice.question.press("1"), "nothing is asked any more"


def test_a_busy_camera_is_told_in_its_own_sentence() -> None:
    busy = "Camera 0 (Built-in) is connected but gives no picture; close the program that uses it."
    assert Window(SourceError(busy), "demo").question.text == busy


@pytest.mark.parametrize("errors", [1, 2])
def test_what_nothing_can_replace_is_raised(errors: int) -> None:
    window = Window(fall_back=errors == 2)
    window.switch.opened = [SourceError(f"error {k}") for k in range(errors)]
    for _ in range(errors - 1):
        window.choice.advance()
    with pytest.raises(SourceError, match=f"error {errors - 1}"):
        window.choice.advance()


def test_a_choice_before_the_first_source_is_open_does_not_end_the_run() -> None:
    window = Window(fall_back=False)
    window.choice.drop(["/notes.txt"])
    window.switch.opened = [SourceError("notes.txt is no clip."), "demo"]
    for _ in range(2):
        window.choice.advance()
    assert window.switch.asked == ["/notes.txt", "demo"]
    assert window.question.text == "notes.txt is no clip."


def test_a_camera_is_chosen_from_the_list() -> None:
    window = Window("demo")
    window.choice.toggle()
    window.watch.cameras = None
    window.press("1")
    assert window.question.text == "Looking for cameras."
    window.watch.cameras = []
    assert window.question.text.startswith("No camera was found")
    window.watch.cameras = CAMERAS
    assert window.question.buttons == ("Built-in", "Logi C920", "back")
    window.press("3")
    assert window.question.buttons[0] == CAMERA
    window.press("1", "2")
    assert window.switch.asked == ["2"]
    assert window.question is None


def test_a_camera_that_is_connected_is_used_only_where_one_was_waited_for() -> None:
    waiting = Window(NoCameraError("none"), "demo")
    waiting.watch.fresh = CAMERAS[:1]
    waiting.choice.advance()
    assert waiting.switch.asked == ["demo", "0"]
    assert waiting.question is None
    content = Window(NoCameraError("none"), "demo")
    content.choice.close()
    content.watch.fresh = CAMERAS[:1]
    content.choice.advance()
    assert content.switch.asked == ["demo"]
    assert content.said == ["Built-in is connected; press O to choose it"]


def test_a_dropped_file_that_is_none_of_ours_is_told_where_a_person_looks(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a clip")
    window = Window("demo")
    window.choice.drop([str(path), "second.mp4"])
    assert window.switch.asked == [str(path)]
    assert window.said == ["only the first of 2 files is opened: notes.txt"]
    with pytest.raises(SourceError) as error:
        open_source(window.switch.asked[0], live=True)
    window.switch.opened = [error.value]
    assert not window.choice.advance()
    assert "notes.txt" in window.question.text
    assert "rtsp" not in window.question.text
    assert window.question.buttons[-1] == "keep the demo"
    assert window.switch.asked == [str(path)], "the demo goes on"


def test_a_missing_file_dialog_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise GraphicsError("no dialog here")

    monkeypatch.setattr(source_choice, "FileDialog", missing)
    window = Window("demo")
    window.choice.toggle()
    window.press("2")
    assert window.question.text == "no dialog here"


def test_the_file_of_the_dialog_is_opened_once_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = SimpleNamespace(done=False, path="clip.mp4", close=lambda: None)
    monkeypatch.setattr(source_choice, "FileDialog", lambda _: dialog)
    window = Window("demo")
    window.choice.toggle()
    window.press("2")
    window.choice.advance()
    assert window.switch.asked == []
    dialog.done = True
    window.choice.advance()
    window.choice.advance()
    assert window.switch.asked == ["clip.mp4"]
    assert window.question is None


def test_an_error_is_told_without_what_a_command_line_takes() -> None:
    assert shortened(f"x is empty; give {ACCEPTED}.") == "x is empty."
    assert shortened(f"There is no camera 1; cameras found: 0 (A). Give {ACCEPTED}.").endswith("0 (A).")
    assert shortened("x cannot be read.") == "x cannot be read."

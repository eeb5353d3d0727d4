"""The panel stands beside the picture, and every widget answers to mouse and keys."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.render.ui.drawn_overlay import DrawnOverlay

pytestmark = pytest.mark.usefixtures("context")
SIZE = (640, 480)
PAPER = 0.8


def widgets() -> tuple[Any, ...]:
    from render.ui.widgets import Bar, Buttons, Choice, Slider, Switch, Table, Text

    return (
        Text("words to read"),
        Table((("name", "value"),)),
        Choice("few", ("one", "two"), "one", "a hint"),
        Choice("many", tuple("abcdef"), "a"),
        Slider("slider", 0.2),
        Switch("switch", on=False),
        Buttons(("go", "stop")),
        Bar("bar", 0.5, draggable=True),
        Bar("still", -0.5, -1.0, 1.0),
    )


class Window(DrawnOverlay):
    """A window with a panel of one section."""

    def __init__(self, size: tuple[int, int] = SIZE, *, unfolded: bool = True) -> None:
        from render.ui.panel import Fold, Panel

        super().__init__(size, PAPER)
        self.panel = Panel((Fold("All", widgets() if unfolded else (), unfolded),))
        self.draw()

    def draw(self, times: int = 2) -> list[Any]:
        """Draw pictures and return the answers."""
        answers = []
        for _ in range(times):
            self.draw_state(panel=self.panel)
            answers.append(self.overlay.panel_answer)
        return answers

    def click(self, x: float, y: float) -> list[Any]:
        answers = []
        for down in (False, True, False):
            self.overlay.point((x, y), down)
            answers += self.draw()
        return answers

    def press(self, *keys: str) -> list[Any]:
        answers = []
        for key in keys:
            for down in (True, False):
                self.overlay.use_key(key, down)
                answers += self.draw()
        return answers


def collected(answers: list[Any]) -> dict[str, Any]:
    """Return everything that the answers of the section hold."""
    found: dict[str, Any] = {}
    for each in answers:
        section = None if each is None else each.answers.get("All")
        if section is not None:
            found |= dict(section.chosen) | dict(section.moved) | dict(section.switched)
            found |= {section.pressed: True} if section.pressed else {}
    return found


@pytest.mark.parametrize("width", [240, 500, 640, 1280])
def test_it_leaves_the_picture_as_it_is_beside_it(width: int) -> None:
    from render.ui.panel import NARROW, NARROW_SHARE, picture_size

    with Window((width, 300)) as window:
        picture = window.read()
    left, height = picture_size((width, 300), 1.0)
    assert height == 300
    assert (picture[:, :left, 0] == picture[0, 0, 0]).all()
    assert (picture[:, left:, 0] < 120).mean() > 0.9
    if width < NARROW:
        assert width - left <= NARROW_SHARE * width + 1


def test_it_grows_with_the_scale_of_the_display() -> None:
    from render.ui.panel import WIDTH, picture_size

    assert picture_size((2560, 1440), 2.0) == (2560 - 2 * WIDTH, 1440)


def test_every_widget_answers_to_a_click() -> None:
    with Window() as window:
        found: dict[str, Any] = {}
        for y in range(30, 280, 9):
            for x in (356, 372, 485, 560):
                found |= collected(window.click(x, y))
    assert {"few", "slider", "switch", "go", "bar"} <= found.keys()
    assert found["few"] in {"one", "two"}
    assert found["switch"] is True
    assert "still" not in found


def test_a_dragged_bar_is_held_until_it_is_let_go() -> None:
    with Window() as window:
        for y in range(150, 260, 6):
            window.overlay.point((560, y), False)
            window.draw()
            window.overlay.point((560, y), True)
            answers = [each.answers["All"] for each in window.draw(3)]
            if answers[-1].held == "bar":
                break
            window.overlay.point((560, y), False)
            window.draw()
        assert "bar" in answers[-1].moved
        window.overlay.point((900, y), True)
        assert window.draw()[-1].answers["All"].moved["bar"] == 1.0
        window.overlay.point((900, y), False)
        assert not window.draw()[-1].answers["All"].held


def test_a_drag_that_begins_in_the_picture_presses_nothing_in_the_panel() -> None:
    with Window() as window:
        window.overlay.point((100, 200), True)
        window.draw()
        answers = []
        for y in range(30, 280, 5):
            window.overlay.point((560, y), True)
            answers += window.draw()
        assert not window.overlay.has_pointer
        window.overlay.point((560, 100), False)
        answers += window.draw()
        assert window.overlay.has_pointer
    assert not collected(answers)


def test_keys_reach_every_widget_and_change_it() -> None:
    with Window() as window:
        found: dict[str, Any] = {}
        window.press("down")
        for _ in range(9):
            found |= collected(window.press("enter", "right", "enter", "escape", "down"))
        window.press("up")
    assert {"few", "slider", "switch"} <= found.keys()
    assert found.keys() & {"go", "stop"}


def test_keys_come_back_to_the_panel_after_a_click_elsewhere() -> None:
    from render.ui.timeline import Timeline

    timeline = Timeline(1.0, 10.0, (), ("pause",))
    with Window() as window:
        window.press("down")

        def draw_both() -> None:
            window.draw_state(panel=window.panel, timeline=timeline)

        for down in (False, True, False):
            window.overlay.point((100, 420), down)
            draw_both()
        found: dict[str, Any] = {}
        for _ in range(9):
            found |= collected(window.press("enter", "right", "enter", "escape", "down"))
    assert {"slider", "switch"} <= found.keys()


def test_what_was_held_when_it_was_closed_is_let_go() -> None:
    with Window() as window:
        window.press("down")
        for y in range(60, 200, 6):
            window.overlay.point((560, y), True)
            if any(each and each.answers["All"].held == "slider" for each in window.draw(3)):
                break
            window.overlay.point((560, y), False)
            window.draw()
        else:
            raise AssertionError("no slider")
        window.overlay.use_key("right", True)
        window.draw_state()
        window.overlay.point((100, 100), False)
        window.draw_state()
        again = [each.answers["All"] for each in window.draw(3) if each]
        assert again
        assert not any(each.held or each.moved for each in again)


def test_a_list_drops_down_and_its_option_is_chosen_by_keys() -> None:
    with Window() as window:
        for y in range(30, 200, 4):
            window.click(560, y)
            if window.overlay.list_is_open:
                break
        assert window.overlay.list_is_open
        found = collected(window.press("down", "enter"))
        assert found["many"] == "b"
        assert not window.overlay.list_is_open


def test_a_line_folds_its_section() -> None:
    for unfolded in (True, False):
        with Window(unfolded=unfolded) as window:
            folded = [each.folded for each in window.click(400, 20) if each and each.folded]
        assert folded == [["All"]]


def test_the_wheel_scrolls_a_panel_that_is_too_long() -> None:
    with Window((640, 120)) as window:
        window.overlay.point((560, 60), False)
        window.draw()
        before = window.read()
        window.overlay.scroll(-2.0)
        window.draw(4)
        assert np.abs(window.read().astype(int) - before).max() > 60


def test_the_picture_is_asked_over_beside_the_panel() -> None:
    from render.ui.question import Question

    with Window() as window:
        for _ in range(2):
            window.draw_state(panel=window.panel, question=Question("What now?", ("this", "that")))
        picture = window.read()
    assert picture[5, 5, 0] < 140, "the picture is dimmed"
    assert (picture[300:480, 345:, 0] < 60).all(), "nothing of the question lies over the panel"

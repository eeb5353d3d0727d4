"""The timeline: a click or drag on its curves asks for a place, and its buttons answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.render.ui.drawn_overlay import DrawnOverlay

pytestmark = pytest.mark.usefixtures("context")

SIZE = (480, 400)
WAVE = np.abs(np.sin(np.arange(300) / 9.0))


class Window(DrawnOverlay):
    """A window with a timeline alone."""

    def __init__(self, size: tuple[int, int] = SIZE, **contents: Any) -> None:
        from render.ui.timeline import Timeline

        given = {"time_s": 2.0, "duration_s": 10.0, "curves": (("mouth", WAVE), ("lids", 1.0 - WAVE))}
        self.timeline = Timeline(**{"buttons": ("pause", "<", ">"), **given, **contents})
        super().__init__(size)
        self.draw()

    def draw(self, notices: tuple[str, ...] = ()) -> Any:
        """Draw a picture and return what was asked of the timeline."""
        self.draw_state(notices=notices, timeline=self.timeline)
        return self.overlay.timeline_answer

    def point(self, x: float, y: float, pressed: bool) -> Any:
        """Move the pointer, and return what was asked of the timeline in the second picture after it."""
        self.overlay.point((x, y), pressed)
        self.draw()
        return self.draw()

    def picture(self, **words: Any) -> np.ndarray:
        """Return the picture (H, W, 4)."""
        for _ in range(2):  # A notice has its size from the picture before.
            self.draw(**words)
        return self.read()


def test_a_press_on_the_curves_asks_for_the_time_and_a_drag_goes_on_to_the_ends() -> None:
    with Window() as window:
        assert window.point(240, 340, pressed=False).seek_s is None
        assert not window.overlay.timeline_answer.button
        assert window.point(240, 340, pressed=True).seek_s == pytest.approx(5.0, abs=0.05)
        assert window.point(347, 100, pressed=True).seek_s == pytest.approx(7.5, abs=0.05)
        assert window.point(9000, 100, pressed=True).seek_s == 10.0
        assert window.point(-50, 100, pressed=True).seek_s == 0.0
        assert window.point(240, 100, pressed=False).seek_s is None


def test_the_pointer_belongs_to_the_timeline_only_over_it() -> None:
    with Window() as window:
        window.point(240, 340, pressed=False)
        assert window.overlay.has_pointer
        window.point(240, 200, pressed=False)
        assert not window.overlay.has_pointer


def test_each_button_answers_with_its_number() -> None:
    with Window() as window:
        pressed = set()
        for x in range(20, 140, 8):
            window.point(x, 378, pressed=False)
            window.overlay.point((x, 378), True)
            answers = [window.draw(), window.draw()]
            window.overlay.point((x, 378), False)
            answers += [window.draw(), window.draw()]
            pressed |= {each.button for each in answers}
            assert all(each.seek_s is None for each in answers)
    assert pressed == {None, 0, 1, 2}


def test_it_stays_at_the_lower_edge_and_notices_stand_above_it() -> None:
    with Window() as window:
        picture = window.picture()[..., :3].max(axis=-1)
        assert not picture[: SIZE[1] - 84].any()
        assert picture[SIZE[1] - 84 :].any()
        with_notice = window.picture(notices=("no face",))[..., :3].max(axis=-1)
        assert with_notice[: SIZE[1] - 84].max() > 120


def test_frames_without_a_face_leave_a_gap_in_the_curves() -> None:
    gap = WAVE.copy()
    gap[100:200] = np.nan
    with Window(curves=(("mouth", gap),), time_s=0.0) as window:
        curves = window.picture()[325:360, 30:450, 0] > 80
    assert curves[:, :120].any(axis=0).mean() > 0.9
    assert not curves[:, 145:275].any()
    assert curves[:, 300:].any(axis=0).mean() > 0.9


@pytest.mark.parametrize(
    "contents",
    [
        {"curves": ()},
        {"curves": (("mouth", np.full(5, np.nan)), ("lids", np.zeros(1)))},
        {"loop": (2.0, None)},
        {"loop": (2.0, 4.0)},
        {"duration_s": 1e-9, "time_s": 1.0},
    ],
    ids=str,
)
@pytest.mark.parametrize("width", [120, 480])
def test_odd_contents_are_drawn_without_a_fault(contents: dict[str, Any], width: int) -> None:
    with Window((width, 300), **contents) as window:
        assert window.picture().any()


def test_a_loop_is_shown_between_its_marks() -> None:
    with Window(curves=(), loop=(2.5, 5.0)) as window:
        row = window.picture()[340, :, 0].astype(int)
    assert row[180] > row[60] + 20
    assert row[360] == pytest.approx(row[60], abs=2)

"""A question dims the picture, and its buttons can be pressed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.render.ui.drawn_overlay import DrawnOverlay

pytestmark = pytest.mark.usefixtures("context")
SIZE = (400, 300)
PAPER = 0.8


class Window(DrawnOverlay):
    """A light window with a question alone."""

    def __init__(self) -> None:
        super().__init__(SIZE, PAPER)

    def draw(self, question: Any) -> int | None:
        """Draw a picture and return the number of the button that was pressed."""
        self.draw_state(question=question)
        return self.overlay.question_answer

    def picture(self, question: Any) -> np.ndarray:
        for _ in range(2):  # A box has its size from the picture before.
            self.draw(question)
        return self.read()


def asked() -> Any:
    from render.ui.question import Question

    return Question("No camera was found.", ("choose a camera", "open a file", "keep the demo"), "more")


def test_it_dims_the_picture_around_it() -> None:
    with Window() as window:
        assert window.picture(None)[5, 5, 0] == pytest.approx(255 * PAPER, abs=1)
        assert 40 < window.picture(asked())[5, 5, 0] < 130


def test_every_button_can_be_pressed_by_the_mouse() -> None:
    with Window() as window:
        window.picture(asked())
        pressed = []
        for y in range(100, SIZE[1], 12):
            for x in range(10, SIZE[0], 40):
                for down in (False, True, False):
                    window.overlay.point((x, y), down)
                    pressed.append(window.draw(asked()))
                pressed.append(window.draw(asked()))
        assert {number for number in pressed if number is not None} == {0, 1, 2}


def test_the_pointer_belongs_to_the_question_only_over_it() -> None:
    with Window() as window:
        window.picture(asked())
        for place, over in (((200, 205), True), ((5, 5), False)):
            window.overlay.point(place, False)
            window.picture(asked())
            assert window.overlay.has_pointer is over

"""The review of a recording is drawn in the lower left corner and answers the mouse."""

from __future__ import annotations

import numpy as np
import pytest

from tests.render.ui.drawn_overlay import DrawnOverlay

pytestmark = pytest.mark.usefixtures("context")

SIZE = (640, 480)
PICTURE = np.full((90, 160, 3), (20, 200, 40), np.uint8)
WORDS = ("save as", "trim", "open folder", "close")


def review(**more: object):
    from render.ui.review import Review

    return Review("recorded 1.0 s (0.4 MB) to /videos/a.mp4", WORDS, PICTURE, 160 / 90, **more)


def green(picture: np.ndarray) -> np.ndarray:
    found = (picture[..., 1].astype(int) > 180) & (picture[..., 0] < 60)
    return np.argwhere(found)


def test_the_picture_keeps_its_shape_in_the_lower_left_corner() -> None:
    with DrawnOverlay(SIZE, grey=0.5) as overlay:
        for _ in range(2):
            overlay.draw_state(review=review())
        rows, columns = green(overlay.read()).T
    assert np.ptp(columns) / np.ptp(rows) == pytest.approx(160 / 90, abs=0.1)
    assert columns.max() < 0.36 * SIZE[0]
    assert rows.min() > 0.45 * SIZE[1]


def test_notices_stand_beside_it() -> None:
    with DrawnOverlay(SIZE) as overlay:
        for _ in range(2):
            overlay.draw_state(review=review(), notices=("copied",))
        shown = overlay.read().astype(int)
        left = np.argwhere((shown[..., 0] > 200) & (shown[..., 0] - shown[..., 2] > 60))[:, 1].min()
    assert left > green_right(), "the notice begins to the right of the review"


def green_right() -> int:
    with DrawnOverlay(SIZE) as overlay:
        for _ in range(2):
            overlay.draw_state(review=review())
        return int(green(overlay.read())[:, 1].max())


def pressed(overlay: DrawnOverlay, place: tuple[float, float], **more: object) -> list[object]:
    """Return what the review answers while the button goes down and up at a place."""
    answers = []
    for down in (False, False, True, True, False, False):
        overlay.overlay.point(place, down)
        overlay.draw_state(review=review(**more))
        answers.append(overlay.overlay.review_answer)
    return answers


def test_buttons_are_pressed_and_keep_the_pointer() -> None:
    found: set[str] = set()
    with DrawnOverlay(SIZE) as overlay:
        for y in range(SIZE[1] - 90, SIZE[1] - 14, 10):
            for x in (60, 150):
                answers = pressed(overlay, (x, y))
                assert overlay.overlay.has_pointer
                found |= {answer.button for answer in answers if answer.button}
        overlay.overlay.point((600.0, 100.0), False)
        overlay.draw_state(review=review())
        assert not overlay.overlay.has_pointer
    assert found == set(WORDS)


def test_the_nearer_mark_is_dragged() -> None:
    from render.ui.review import Trim

    moved = []
    with DrawnOverlay(SIZE, grey=0.5) as overlay:
        for y in range(SIZE[1] // 2, SIZE[1] - 60, 6):
            answers = pressed(overlay, (60.0, y), trim=Trim(1.0, 4.0, 0.0, 4.0))
            moved += [answer for answer in answers if answer.begin_s is not None]
            assert all(answer.end_s is None for answer in answers)
    assert moved
    assert moved[0].begin_s == pytest.approx(4.0 * (60 - 25) / 170, abs=0.4)

"""The countdown and the red dot are large, and stay within their bounds."""

from __future__ import annotations

import numpy as np
import pytest

from tests.render.ui.drawn_overlay import DrawnOverlay

pytestmark = pytest.mark.usefixtures("context")

SIZE = (640, 360)


def drawn(size: tuple[int, int] = SIZE, **state: object) -> np.ndarray:
    from render.ui.recording_marks import RecordingMarks

    with DrawnOverlay(size, grey=0.5) as overlay:
        overlay.draw_state(marks=RecordingMarks(**state))
        return overlay.read().astype(int)


def red(picture: np.ndarray) -> np.ndarray:
    """Return the rows and columns (N, 2) of red pixels."""
    return np.argwhere((picture[..., 0] > 200) & (picture[..., 1] < 90))


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (1280, 720)])
def test_the_dot_and_the_time_are_large_and_at_the_upper_right(size: tuple[int, int]) -> None:
    picture = drawn(size, time="00:12")
    rows, columns = red(picture).T
    assert rows.max() < 0.15 * size[1]
    assert columns.min() > size[0] / 2
    shorter = min(size)
    assert np.ptp(rows) > 0.03 * shorter
    white = np.argwhere(picture[..., 1] > 240)
    assert np.ptp(white[:, 0]) > 0.035 * shorter, "the digits are as high as that"


def test_the_countdown_is_seen_from_afar() -> None:
    three, none = drawn(count=3), drawn()
    white = np.argwhere(three.min(axis=2) > 240)
    assert np.ptp(white[:, 0]) > 0.25 * SIZE[1]
    assert white.mean(axis=0) == pytest.approx(np.array(SIZE[::-1]) / 2, abs=30)
    assert np.ptp(none[..., :3]) == 0


def test_the_dot_makes_room_for_what_stands_at_the_right() -> None:
    from render.ui.overlay import Overlay
    from render.ui.recording_marks import RecordingMarks

    keys = [("R", "record, and stop")] * 5
    with DrawnOverlay(SIZE, grey=0.5) as overlay:
        assert isinstance(overlay.overlay, Overlay)
        overlay.draw_state(marks=RecordingMarks(time="00:12"), keys=keys, show_keys=True)
        overlay.draw_state(marks=RecordingMarks(time="00:12"), keys=keys, show_keys=True)
        columns = red(overlay.read().astype(int))[:, 1]
    assert columns.max() < red(drawn(time="00:12"))[:, 1].min()

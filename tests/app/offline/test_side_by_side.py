from __future__ import annotations

import numpy as np

from app.offline.side_by_side import beside, fitted


def test_a_wide_picture_gets_black_above_and_below() -> None:
    white = np.full((50, 100, 3), 255, np.uint8)
    canvas = fitted(white, (60, 60))
    assert canvas.shape == (60, 60, 4)
    assert canvas[30, :, 0].min() == 255
    assert canvas[:14, :, :3].max() == 0
    assert canvas[46:, :, :3].max() == 0
    assert canvas[..., 3].min() == 255


def test_the_person_is_left_and_the_head_right() -> None:
    person = np.full((20, 20, 3), (255, 0, 0), np.uint8)
    head = np.full((20, 20, 4), (0, 0, 255, 255), np.uint8)
    picture = beside(person, head)
    assert picture.shape == (20, 40, 4)
    assert tuple(picture[10, 5]) == (255, 0, 0, 255)
    assert tuple(picture[10, 35]) == (0, 0, 255, 255)

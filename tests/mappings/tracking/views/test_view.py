"""Parts of a picture cover all of it, and a view is turned as it should be."""

from __future__ import annotations

import numpy as np
import pytest

from mappings.tracking.views.view import View, parts


@pytest.mark.parametrize("size", [(1920, 1080), (640, 360), (720, 1280), (4000, 3000), (1000, 170)], ids=str)
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_face_of_a_fifth_of_a_part_lies_within_one(size: tuple[int, int], turns: int) -> None:
    whole = size[::-1] if turns % 2 else size
    levels = list(parts(size, turns))
    assert levels
    for level in levels:
        side = max(region.width for _, region in level)
        face = side // 5
        corners = np.array([(r.left, r.top, r.left + r.width, r.top + r.height) for _, r in level])
        assert corners.min() == 0
        assert corners[:, 2].max() == whole[0]
        assert corners[:, 3].max() == whole[1]
        for x in range(0, whole[0] - face, max(1, side // 7)):
            for y in range(0, max(1, whole[1] - face), max(1, side // 7)):
                inside = (corners[:, :2] <= (x, y)).all(1) & (corners[:, 2:] >= (x + face, y + face)).all(1)
                assert inside.any(), (x, y)


def test_parts_of_a_small_picture_are_not_worth_a_look() -> None:
    assert list(parts((300, 200))) == []


def test_a_view_turns_first_and_cuts_then() -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    image[0, 5] = 9
    assert View(1).turned(image).shape == (6, 4, 3)
    assert View(1).turned(image)[0, 0, 0] == 9, "counter-clockwise"
    assert View(2).turned(image)[3, 0, 0] == 9

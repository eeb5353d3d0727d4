"""Colours of a head's mesh."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize("skin", [(255, 153, 102), (70, 45, 33)])
def test_the_mean_around_a_place_is_never_much_darker_than_the_picture(skin: tuple[int, int, int]) -> None:
    from render.mesh.head_mesh import BLOCK, DARKEST, mean_around

    picture = np.full((2 * BLOCK, 2 * BLOCK, 3), skin, np.uint8)
    picture[BLOCK:, :BLOCK] = 0
    places = np.array([[0.75, 0.75], [0.25, 0.25], [1.0, 1.0], [0.0, 0.0]], np.float32)
    usual = np.array(skin) / 255.0
    expected = [usual, DARKEST * usual, usual, DARKEST * usual]
    np.testing.assert_allclose(mean_around(picture, places), expected, atol=1e-6)


def test_srgb_becomes_linear_light() -> None:
    from render.mesh.head_mesh import linear_from_srgb

    linear = linear_from_srgb(np.array([0.0, 0.04, 0.5, 1.0], np.float32))
    np.testing.assert_allclose(linear, [0.0, 0.0030960, 0.2140411, 1.0], atol=1e-6)

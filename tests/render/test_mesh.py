"""Colours of a head's mesh."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("context")


def test_the_mean_around_a_place_is_never_black() -> None:
    from render.mesh import BLOCK, DARKEST, mean_around

    picture = np.zeros((2 * BLOCK, 2 * BLOCK, 3), np.uint8)
    picture[:BLOCK, BLOCK:] = (255, 153, 102)
    places = np.array([[0.75, 0.75], [0.25, 0.25], [1.0, 1.0], [1.0, 0.0]], np.float32)
    dark = [DARKEST] * 3
    expected = [[1.0, 0.6, 0.4], dark, [1.0, 0.6, 0.4], dark]
    np.testing.assert_allclose(mean_around(picture, places), expected, atol=1e-6)


def test_srgb_becomes_linear_light() -> None:
    from render.mesh import linear_from_srgb

    linear = linear_from_srgb(np.array([0.0, 0.04, 0.5, 1.0], np.float32))
    np.testing.assert_allclose(linear, [0.0, 0.0030960, 0.2140411, 1.0], atol=1e-6)

"""The fitted similarity transform between two sets of points."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.rotations import matrix_from_axis_angle

POINTS = np.random.default_rng(0).normal(size=(30, 3))
MOVE = Similarity(1.3, matrix_from_axis_angle(np.array([0.4, -1.1, 2.0])), np.array([3.0, -1.0, 0.5]))


def test_a_known_move_is_found_again():
    found = fit_similarity(POINTS, MOVE.points(POINTS))
    assert found.scale == pytest.approx(MOVE.scale)
    np.testing.assert_allclose(found.rotation, MOVE.rotation, atol=1e-12)
    np.testing.assert_allclose(found.shift, MOVE.shift, atol=1e-12)


def test_a_mirror_image_is_turned_but_never_reflected():
    found = fit_similarity(POINTS, POINTS * (-1.0, 1.0, 1.0))
    assert np.linalg.det(found.rotation) == pytest.approx(1.0)
    assert found.scale > 0.0


def test_displacements_turn_and_grow_but_do_not_shift():
    np.testing.assert_allclose(
        MOVE.vectors(POINTS[1:] - POINTS[:-1]), MOVE.points(POINTS[1:]) - MOVE.points(POINTS[:-1])
    )

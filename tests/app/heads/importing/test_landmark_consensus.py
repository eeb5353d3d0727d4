"""One set of landmarks from the hits of several views."""

from __future__ import annotations

import numpy as np
import pytest

from app.heads.importing.landmark_consensus import agreed_points, consistent_face
from flame_model.errors import InputError
from flame_model.face.measured_face import bundled_measurement
from mappings.mirror import mirrored_landmarks

VIEWS = 5


@pytest.fixture
def face():
    """Return 478 symmetric points."""
    points = np.random.default_rng(0).normal(scale=0.03, size=(478, 3))
    return 0.5 * (points + points[mirrored_landmarks()] * (-1.0, 1.0, 1.0))


def test_a_minority_of_wrong_views_is_outvoted(face):
    points = np.repeat(face[None], VIEWS, axis=0)
    points[0] += 0.05
    points[1, ::3] = np.nan
    np.testing.assert_allclose(agreed_points(points, np.full((VIEWS, 478), 0.8)), face, atol=1e-12)


def test_a_view_counts_by_how_squarely_it_sees(face):
    points = np.repeat(face[None], 3, axis=0)
    points[1:, :, 1] += 0.02
    facing = np.array([0.9, 0.3, 0.3])[:, None] * np.ones(478)
    np.testing.assert_allclose(agreed_points(points, facing), face, atol=1e-12)


def test_a_side_that_nobody_saw_comes_from_the_other(face):
    points = np.repeat(face[None], VIEWS, axis=0)
    points[:, 263] = np.nan
    facing = np.where(np.isnan(points[..., 0]), np.nan, 0.8)
    np.testing.assert_allclose(agreed_points(points, facing), face, atol=1e-12)


def test_outliers_and_gaps_are_put_where_their_neighbours_say():
    measured = bundled_measurement().neutral
    other = measured * (1.1, 0.95, 1.05) + (0.0, 0.3, -0.1)
    seen = other.copy()
    seen[[4, 152, 234]] += 0.03
    seen[[10, 61]] = np.nan
    distance = np.linalg.norm(consistent_face(seen) - other, axis=1)
    assert np.median(distance) < 0.0005
    assert distance.max() < 0.004


def test_what_no_views_agree_on_is_no_face(face):
    seen = face[:468].copy()
    seen[50:] = np.nan
    with pytest.raises(InputError, match="50 of 468 landmarks agree"):
        consistent_face(seen)

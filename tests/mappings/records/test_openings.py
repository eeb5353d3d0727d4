"""The curves of a recording rise where mouth and lids open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mappings.person.apertures import FACING
from mappings.records.openings import openings


def opened(observation, apertures: tuple[int, ...], by: float):
    """Return an observation in which the lower sides of some apertures are `by` pixels lower."""
    landmarks = observation.landmarks.copy()
    for aperture in apertures:
        landmarks[FACING[aperture, :, 1], 1] += by
    return replace(observation, landmarks=landmarks)


@pytest.fixture
def rest(make_observation):
    """Return a face with lips and lids almost shut."""
    seen = make_observation(0)
    landmarks = seen.landmarks.copy()
    landmarks[FACING[..., 1]] = landmarks[FACING[..., 0]] + np.array([0.0, 1.0, 0.0])
    return replace(seen, landmarks=landmarks)


def test_the_most_open_is_one_and_the_least_is_zero(rest):
    mouth, lids = openings([rest, opened(rest, (0,), 90.0), opened(rest, (1, 2), 40.0), None]).T
    np.testing.assert_allclose(mouth, [0.0, 1.0, 0.0, np.nan], atol=1e-6)
    np.testing.assert_allclose(lids, [0.0, 0.0, 1.0, np.nan], atol=1e-6)


def test_a_still_face_makes_flat_curves(rest):
    curves = openings([rest, opened(rest, (0, 1, 2), 0.5)])
    assert curves.max() < 0.2


def test_without_any_face_there_is_nothing_to_draw():
    assert np.isnan(openings([None, None])).all()

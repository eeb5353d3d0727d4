"""A slow mean forgets movements, follows what lasts, and is never far behind."""

from __future__ import annotations

import numpy as np
import pytest

from mappings.motion.slow_mean import SlowMean

STEP_S = 1 / 30


def means(mean: SlowMean, places: np.ndarray) -> np.ndarray:
    """Return the mean (N, 1) after each of the places (N,), one in a step."""
    values = []
    for frame, place in enumerate(places):
        mean.add(np.array([place]), frame * STEP_S)
        values.append(mean.value)
    return np.array(values)


def test_the_first_place_is_the_mean():
    mean = SlowMean(2.0)
    assert mean.value is None
    mean.add(np.array([3.0, -1.0]), 7.0)
    np.testing.assert_array_equal(mean.value, [3.0, -1.0])


def test_what_lasts_becomes_the_mean():
    """After its time constant a step is known to 1 - 1/e, whatever the frame rate."""
    places = np.append(np.zeros(150), np.ones(150))
    values = means(SlowMean(2.0), places)
    assert values[149 + 60] == pytest.approx(1 - np.exp(-1), abs=0.01)
    assert values[-1] > 0.9


def test_rocking_hardly_moves_it():
    times = np.arange(600) * STEP_S
    values = means(SlowMean(2.0), np.sin(2 * np.pi * 0.5 * times))
    assert np.abs(values[300:]).max() < 0.2


def test_it_is_never_farther_behind_than_its_leash():
    places = np.linspace(0, 50, 60)
    values = means(SlowMean(2.0, leash=3.0), places)
    assert np.abs(places[:, None] - values).max() <= 3.0 + 1e-9
    assert np.abs(np.diff(places[:, None] - values, axis=0)[-10:]).max() < 1e-9


def test_at_first_it_follows_more_quickly():
    places = np.append(np.zeros(1), np.ones(29))
    assert means(SlowMean(2.0, first_s=0.5), places)[-1] > means(SlowMean(2.0), places)[-1] + 0.2


def test_a_clock_that_falls_back_stands_still():
    mean = SlowMean(2.0)
    mean.add(np.zeros(1), 100.0)
    mean.add(np.ones(1), 1.0)
    np.testing.assert_array_equal(mean.value, 0.0)
    mean.add(np.ones(1), 1.5)
    assert mean.value == pytest.approx(1 - np.exp(-0.25))


def test_after_a_reset_the_next_place_is_the_mean():
    mean = SlowMean(2.0)
    mean.add(np.zeros(1), 0.0)
    mean.reset()
    mean.add(np.ones(1), STEP_S)
    np.testing.assert_array_equal(mean.value, 1.0)

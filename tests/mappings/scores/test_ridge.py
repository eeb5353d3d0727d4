"""Ridge regression gives the textbook's answer, counts people alike, and leaves out still signals."""

from __future__ import annotations

import numpy as np

from mappings.records.people_folds import MOST_FOLDS, people_folds, person_weights
from mappings.scores.ridge import Moments

RNG = np.random.default_rng(0)
INPUTS = RNG.uniform(size=(200, 6))
SLOPES = RNG.normal(size=(6, 3))
TARGETS = INPUTS @ SLOPES + (1.0, 2.0, 3.0)


def test_without_strength_it_finds_slopes_and_intercept() -> None:
    linear = Moments.of(INPUTS, TARGETS, np.ones(200)).ridge(0.0)
    np.testing.assert_allclose(linear.matrix, SLOPES, atol=1e-9)
    np.testing.assert_allclose(linear.intercept, (1.0, 2.0, 3.0), atol=1e-9)


def test_strength_shrinks_slopes_towards_the_mean_not_towards_zero() -> None:
    linear = Moments.of(INPUTS, TARGETS, np.ones(200)).ridge(1e9)
    np.testing.assert_allclose(linear(INPUTS), np.tile(TARGETS.mean(axis=0), (200, 1)), atol=1e-6)


def test_moments_add_up_and_weights_repeat_rows() -> None:
    whole = Moments.of(INPUTS, TARGETS, np.repeat([2.0, 1.0], 100)).ridge(0.1)
    again = np.concatenate([INPUTS[:100], INPUTS]), np.concatenate([TARGETS[:100], TARGETS])
    parts = Moments.of(again[0][:150], again[1][:150], np.ones(150)) + Moments.of(
        again[0][150:], again[1][150:], np.ones(150)
    )
    np.testing.assert_allclose(whole.matrix, parts.ridge(0.1).matrix, atol=1e-9)


def test_a_signal_that_never_moves_gets_a_zero_row_however_weak_the_strength() -> None:
    inputs = INPUTS.copy()
    inputs[:, 2] = 0.3 + 1e-4 * RNG.normal(size=200)
    matrix = Moments.of(inputs, TARGETS, np.ones(200)).ridge(0.0).matrix
    assert not matrix[2].any()
    assert matrix[[0, 1, 3, 4, 5]].all()


def test_folds_keep_people_whole() -> None:
    assert people_folds(np.array([7, 7, 3, 3, 3])).tolist() == [1, 1, 0, 0, 0]
    many = RNG.integers(0, 25, 1000)
    folds = people_folds(many)
    assert len(np.unique(folds)) == MOST_FOLDS
    assert all(len(np.unique(folds[many == person])) == 1 for person in range(25))
    assert np.bincount(folds).max() < 1.5 * np.bincount(folds).min()


def test_one_person_alone_is_divided_in_time() -> None:
    assert people_folds(np.zeros(10)).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_people_count_alike_however_long_they_are_seen() -> None:
    weights = person_weights(np.array([0, 0, 0, 1]))
    np.testing.assert_allclose(weights, [2 / 3, 2 / 3, 2 / 3, 2.0])

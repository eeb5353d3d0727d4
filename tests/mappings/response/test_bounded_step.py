"""Bounded steps reach the minima that SciPy finds for small quadratic problems within bounds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from mappings.response.bounded_step import bounded_step

Problem = tuple[np.ndarray, np.ndarray, np.ndarray]


def problem(seed: int, strength: float = 1.0, size: int = 20) -> Problem:
    """Return a start within (0, 1), a curvature and a slope like those of a response: nearly diagonal."""
    random = np.random.default_rng(seed)
    start = np.where(random.random(size) < 0.4, 0.0, random.uniform(0.0, 1.0, size))
    slopes = np.eye(size) + random.normal(0.0, 0.1, (size, size))
    return start, slopes.T @ slopes, random.normal(0.0, strength, size)


def cost(problem: Problem, x: np.ndarray) -> float:
    start, curvature, slope = problem
    return float(0.5 * (x - start) @ curvature @ (x - start) - slope @ (x - start))


def exact(problem: Problem, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Return the minimum of the same problem by SciPy."""
    start, curvature, slope = problem
    root = np.linalg.cholesky(curvature).T
    solved = lsq_linear(root, np.linalg.solve(root.T, slope), (lower - start, upper - start), tol=1e-12)
    return start + solved.x


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("strength", [0.1, 1.0])
def test_the_least_within_bounds_is_found(seed: int, strength: float) -> None:
    given, lower, upper = problem(seed, strength), np.zeros(20), np.ones(20)
    found, best = bounded_step(*given, lower, upper), exact(given, lower, upper)
    assert (found >= lower).all()
    assert (found <= upper).all()
    assert ((best < 1e-6) | (best > 1.0 - 1e-6)).sum() >= 2, "no bound counts"
    np.testing.assert_allclose(found, best, atol=1e-5)
    assert cost(given, found) <= cost(given, best) + 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_bounds_that_are_far_away_do_not_count(seed: int) -> None:
    start, curvature, slope = problem(seed)
    found = bounded_step(start, curvature, slope, np.full(20, -50.0), np.full(20, 50.0))
    np.testing.assert_allclose(found, start + np.linalg.solve(curvature, slope), atol=1e-9)


def test_what_starts_at_its_bound_may_leave_it() -> None:
    found = bounded_step(np.array([0.0, 0.0]), np.eye(2), np.array([0.4, -0.4]), np.zeros(2), np.ones(2))
    np.testing.assert_allclose(found, [0.4, 0.0])

from __future__ import annotations

import numpy as np
import pytest

from app.sources.frame_rate import frame_rate


def at(fps: float, tick_s: float, count: int = 60) -> np.ndarray:
    """Return the times of an even rate, rounded as a container rounds them."""
    return np.round(np.arange(count) / fps / tick_s) * tick_s


@pytest.mark.parametrize("fps", [12.5, 24000 / 1001, 25.0, 30000 / 1001, 30.0, 59.94, 120000 / 1001, 240.0])
def test_an_even_rate_is_exact_where_the_container_states_it(fps: float) -> None:
    assert frame_rate(at(fps, 0.001), [fps], 0.001) == fps
    assert frame_rate(at(fps, 1 / 90000), [90000.0, fps], 1 / 90000) == fps


@pytest.mark.parametrize("stated", [1000.0, 60000.0, 90000.0, 0.01, 29.0])
def test_a_stated_rate_that_the_pictures_deny_does_not_count(stated: float) -> None:
    assert frame_rate(at(30, 0.001), [stated], 0.001) == pytest.approx(30, rel=1e-3)


def test_the_usual_step_decides_where_steps_differ() -> None:
    first_fast = np.concatenate([np.arange(30) / 30, 1 + np.arange(20) / 10])
    assert frame_rate(first_fast, [125 / 7], 1e-4) == pytest.approx(30)
    gap = np.concatenate([np.arange(30) / 30, 6 + np.arange(30) / 30])
    assert frame_rate(gap, [55 / 6], 1e-4) == pytest.approx(30)


def test_order_and_repetition_of_the_times_do_not_matter() -> None:
    times = at(25, 1e-4)
    shuffled = np.random.default_rng(0).permutation(np.concatenate([times, times[:9]]))
    assert frame_rate(shuffled, [], 1e-4) == pytest.approx(25)


def test_hundredths_of_a_second_are_rounding_and_no_change_of_rate() -> None:
    assert frame_rate(at(30, 0.01), [], 0.01) == pytest.approx(30, rel=0.01)


@pytest.mark.parametrize("times", [[], [0.0], [2.0, 2.0]])
def test_without_two_times_a_credible_statement_is_all_there_is(times: list[float]) -> None:
    assert frame_rate(times, [90000.0, 24.0], 0.0) == 24.0
    assert frame_rate(times, [90000.0], 0.0) is None


def test_a_rate_that_no_output_plays_is_bounded() -> None:
    assert frame_rate(np.arange(50) / 1000, [1000.0], 1e-4) == 240.0
    assert frame_rate(np.arange(5) * 60.0, [], 1e-4) == 1.0

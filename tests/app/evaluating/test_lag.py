"""Known lags are measured."""

from __future__ import annotations

import numpy as np
import pytest

from app.evaluating.lag import lag_s

FPS = 25.0
TIMES = np.arange(150) / FPS
RANDOM = np.random.default_rng(3)
FREQUENCIES, PHASES = RANDOM.uniform(0.2, 4.0, (20, 6)), RANDOM.uniform(0.0, 6.3, (20, 6))


def motion(times: np.ndarray) -> np.ndarray:
    """Return two points (N, 2, 3) that move in millimetres."""
    waves = np.sin(2.0 * np.pi * times[:, None, None] * FREQUENCIES + PHASES)
    return waves.sum(axis=1).reshape(-1, 2, 3)


@pytest.mark.parametrize("delay_ms", [0.0, 7.0, 20.0, 33.0, 95.0, -30.0])
def test_a_delay_is_found_between_frames_too(delay_ms: float) -> None:
    late = motion(TIMES - delay_ms / 1000.0)
    assert 1000.0 * lag_s(late, motion(TIMES), FPS) == pytest.approx(delay_ms, abs=1.5)


def test_what_stands_still_has_no_lag() -> None:
    assert np.isnan(lag_s(0.001 * motion(TIMES), 0.001 * motion(TIMES), FPS))
    assert np.isnan(lag_s(motion(TIMES[:2]), motion(TIMES[:2]), FPS)), "two frames tell nothing"

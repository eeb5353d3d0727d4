"""The One Euro filter follows the paper's formulas, at rest, in motion and with clocks that misbehave."""

from __future__ import annotations

import numpy as np

from mappings.motion.one_euro import SPEED_CUTOFF_HZ, OneEuro


def single(cutoff_hz: float, beta: float) -> OneEuro:
    return OneEuro(np.array([0]), np.array([1.0]), [cutoff_hz], [beta])


def test_without_beta_it_is_a_low_pass_at_the_cutoff_whatever_the_frame_rate() -> None:
    """A low-pass has passed 1 - 1/e of a step after the time 1 / (2 pi cutoff)."""
    for fps in (200, 1000):
        euro = single(0.5, 0.0)
        euro.filter(np.zeros(1), 0.0)
        for frame in range(1, int(fps / np.pi) + 1):
            value = euro.filter(np.ones(1), frame / fps)
        np.testing.assert_allclose(value, 1 - np.exp(-1), atol=0.01)


def test_one_step_follows_the_paper() -> None:
    euro = single(2.0, 3.0)
    euro.filter(np.array([1.0]), 0.0)
    step_s = 0.1
    speed = 5.0 / step_s / (1 + 1 / (2 * np.pi * SPEED_CUTOFF_HZ * step_s))
    share = 1 / (1 + 1 / (2 * np.pi * (2.0 + 3.0 * speed) * step_s))
    np.testing.assert_allclose(euro.filter(np.array([6.0]), step_s), 1.0 + share * 5.0)


def test_a_group_follows_its_own_speed_and_no_other() -> None:
    together = OneEuro(np.array([0, 0, 1]), np.ones(3), [1.0, 1.0], [1.0, 1.0])
    together.filter(np.zeros(3), 0.0)
    value = together.filter(np.array([0.01, 10.0, 0.01]), 1 / 30)
    assert value[0] / 0.01 > 0.7, "what moves with something quick is quick itself"
    assert value[2] / 0.01 < 0.3


def test_a_clock_that_stands_still_or_falls_back_starts_anew() -> None:
    euro = single(0.1, 0.0)
    euro.filter(np.zeros(1), 1.0)
    for time_s in (1.0, 0.5):
        assert euro.filter(np.ones(1), time_s) == 1.0
    assert euro.filter(np.zeros(1), 0.6) > 0.9

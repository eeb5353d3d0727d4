"""Weights ease in and out, and turn round half-way without a jump."""

from __future__ import annotations

import numpy as np
import pytest

from mappings.adjusting.easing import IN_S, OUT_S, EasedWeights

OFF, ON = np.array([False, False]), np.array([True, False])


def test_nothing_is_computed_while_nothing_is_on():
    assert EasedWeights(OFF).at(1.0, OFF) is None


def test_a_weight_rises_and_falls_smoothly_in_its_time():
    weights = EasedWeights(OFF)
    weights.at(0.0, OFF)
    rise = [weights.at(time_s, ON) for time_s in np.linspace(0.0, IN_S, 31)]
    steps = np.diff([first for first, _ in rise])
    assert [rise[k][0] for k in (0, 15, 30)] == pytest.approx([0.0, 0.5, 1.0])
    assert (steps > 0.0).all()
    assert max(steps[0], steps[-1]) < 0.2 * steps.max()
    assert all(other == 0.0 for _, other in rise)
    assert weights.at(IN_S + OUT_S / 2, OFF)[0] == pytest.approx(0.5)
    weights.at(IN_S + OUT_S + 0.01, OFF)
    assert weights.at(IN_S + OUT_S + 0.02, OFF) is None


def test_a_switch_that_changes_half_way_turns_the_weight_round():
    weights = EasedWeights(OFF)
    weights.at(0.0, OFF)
    half = weights.at(IN_S / 2, ON)[0]
    after = weights.at(IN_S / 2 + 0.001, OFF)[0]
    assert 0.0 < half - after < 0.02


def test_it_begins_where_the_switches_stand_and_a_clock_that_falls_back_moves_nothing():
    weights = EasedWeights(ON)
    assert weights.at(5.0, ON)[0] == 1.0
    assert weights.at(1.0, OFF)[0] == 1.0
    assert weights.at(1.0 + OUT_S / 2, OFF)[0] == pytest.approx(0.5)

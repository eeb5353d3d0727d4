"""Held parameters ease to their values and back, and other heads ignore what they do not have."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.params import rest_params
from mappings.adjusting.adjustments import Adjustments
from mappings.adjusting.easing import IN_S, OUT_S
from mappings.adjusting.held_parameters import HeldParameters, parameter

REST = rest_params(4)


def test_nothing_held_changes_nothing():
    assert HeldParameters({}).shown(REST, {}, 0.0) is REST


def test_a_held_parameter_eases_in_and_out():
    held, given = HeldParameters({}), {"neck.1": 0.4, "expression.3": 1.0}
    shown = [held.shown(REST, given, time_s) for time_s in (0.0, IN_S / 2, IN_S)]
    assert [parameter(each, "neck.1") for each in shown] == pytest.approx([0.0, 0.2, 0.4])
    assert [parameter(each, "expression.3") for each in shown] == pytest.approx([0.0, 0.5, 1.0])
    assert parameter(held.shown(REST, {}, IN_S + OUT_S / 2), "neck.1") == pytest.approx(0.2)
    held.shown(REST, {}, IN_S + OUT_S + 0.01)
    assert held.shown(REST, {}, IN_S + OUT_S + 0.02) is REST
    np.testing.assert_array_equal(REST.neck, 0.0)


def test_it_begins_with_what_is_held_and_follows_the_value():
    held = HeldParameters({"eyelids.0": 1.0})
    assert held.shown(REST, {"eyelids.0": 1.0}, 5.0).eyelids.tolist() == [1.0, 0.0]
    assert held.shown(REST, {"eyelids.0": 0.3}, 5.1).eyelids.tolist() == [0.3, 0.0]


def test_a_head_with_fewer_expressions_leaves_out_what_it_has_not():
    shown = HeldParameters({"expression.9": 1.0}).shown(REST, {"expression.9": 1.0}, 0.0)
    np.testing.assert_array_equal(shown.expression, 0.0)
    assert parameter(REST, "expression.9") is None


@pytest.mark.parametrize("name", ["jaw", "jaw.3", "jaw.-1", "ears.0", "expression.x", "", "jaw.0.0"])
def test_a_name_of_no_parameter_is_one_sentence(name):
    with pytest.raises(InputError, match="There is no parameter"):
        Adjustments(parameters={name: 0.0})


def test_a_value_has_to_be_finite():
    with pytest.raises(InputError, match=r"parameter jaw\.0 should be held at a finite value, received inf"):
        Adjustments(parameters={"jaw.0": float("inf")})

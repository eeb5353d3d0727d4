"""Signals change a head's parameters as its mapping does, and lids stay between open and shut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.find_heads import load_head
from flame_model.params import rest_params
from mappings.adjusting.expressions import EXPRESSION_NAMES
from mappings.adjusting.head_signals import HeadSignals
from mappings.adjusting.visible import missing_signal
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import LIDS, MEDIAPIPE_INDEX, SHOWN_INDEX, TONGUE

BOTH = list(LIDS)
OPEN, HALF, SHUT = (np.where(np.isin(np.arange(53), LIDS), value, 0.0) for value in (0.0, 0.4, 1.0))


@pytest.fixture(scope="module")
def head():
    return load_head("builtin")


@pytest.fixture(scope="module")
def signals(head):
    return HeadSignals(ScoreMapping.default(), head.expression_names)


def test_parameters_of_some_signals_become_those_of_others(signals):
    mapping, rng = ScoreMapping.default(), np.random.default_rng(4)
    before, after = (np.append(rng.uniform(0, 1, 52), 0.0) for _ in range(2))
    moved = signals.moved(mapping.coefficients(before[:52]).params(), before, after)
    wanted = mapping.coefficients(after[:52])
    for name in ("expression", "jaw", "eyes", "eyelids"):
        np.testing.assert_allclose(getattr(moved, name), getattr(wanted, name), atol=1e-6)


def test_without_a_change_nothing_is_computed(signals):
    params = rest_params(41)
    assert signals.moved(params, HALF, HALF.copy()) is params


def test_the_tongue_has_a_component_of_its_own(signals, head):
    out = np.zeros(53)
    out[SHOWN_INDEX[TONGUE]] = 1.0
    moved = signals.moved(rest_params(41), OPEN, out)
    assert dict(zip(head.expression_names, moved.expression, strict=True))[TONGUE] == 1.0
    assert np.abs(moved.expression).sum() == 1.0


@pytest.mark.parametrize("closure", [0.0, 0.3, 1.0])
def test_a_lid_shuts_and_opens_fully_from_wherever_it_is(signals, closure):
    params = replace(rest_params(41), eyelids=np.array([closure, closure]))
    np.testing.assert_allclose(signals.moved(params, HALF, SHUT).eyelids, 1.0)
    np.testing.assert_allclose(signals.moved(params, HALF, OPEN).eyelids, 0.0, atol=1e-9)
    lids = signals.moved(params, OPEN, HALF).eyelids
    assert ((lids >= closure) & (lids <= 1.0)).all()


@pytest.mark.parametrize(("strength", "closure"), [(0.7, 1.0), (0.1, 0.085)])
def test_a_mapping_that_hardly_shuts_the_lids_shuts_them(strength, closure):
    """A mapping that moves no lids to speak of leaves them to the expression."""
    mapping = ScoreMapping.default()
    weak = mapping.matrix.copy()
    weak[BOTH, mapping.layout.eyelids] *= strength
    late = HeadSignals(replace(mapping, matrix=weak, intercept=mapping.intercept * strength))
    np.testing.assert_allclose(late.moved(rest_params(41), OPEN, SHUT).eyelids, closure, atol=0.04)
    assert late.limits[1].max() == 1.0


def test_the_built_in_head_shows_every_expression(head, signals):
    assert [missing_signal(head, signals, name) for name in EXPRESSION_NAMES] == [None] * 8


def test_a_head_without_tongue_and_cheeks_names_what_it_lacks(head):
    mapping = ScoreMapping.default()
    still = mapping.matrix.copy()
    still[MEDIAPIPE_INDEX["cheekPuff"]] = 0.0
    plain = HeadSignals(replace(mapping, matrix=still))
    missing = {name: missing_signal(head, plain, name) for name in EXPRESSION_NAMES}
    assert {name: lacks for name, lacks in missing.items() if lacks} == {
        "tongue out": TONGUE,
        "puffed cheeks": "cheekPuff",
    }

"""Strengths, gains and muted signals change what exceeds a face's rest, within what the head shows."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle
from mappings.adjusting.adjustments import AS_TRACKED, MOST_TURN, Adjustments
from mappings.person.typical_rest import typical_rest
from mappings.signals import SHOWN_INDEX, SHOWN_NAMES

LIMITS = np.array([np.zeros(53), np.ones(53)])
SMILE, BLINK, UP, BROW = (
    SHOWN_INDEX[name] for name in ("mouthSmileLeft", "eyeBlinkRight", "eyeLookUpLeft", "browInnerUp")
)
REST = np.append(typical_rest(), 0.0)


def test_without_adjustments_the_signals_are_the_same_object():
    assert AS_TRACKED.adjusted(REST, LIMITS) is REST
    assert Adjustments(strengths={"mouth": 1.0, "head": 1.0}).adjusted(REST, LIMITS) is REST


def test_what_exceeds_the_rest_is_made_stronger_or_weaker():
    signals = REST + 0.2
    adjusted = Adjustments(strengths={"mouth": 1.5, "lids": 0.5}).adjusted(signals, LIMITS)
    assert adjusted[SMILE] == pytest.approx(REST[SMILE] + 0.3)
    assert adjusted[BLINK] == pytest.approx(REST[BLINK] + 0.1)
    assert adjusted[BROW] == signals[BROW]


def test_a_face_below_its_rest_stays_as_it_is_while_its_gaze_goes_farther():
    signals = 0.5 * REST
    adjusted = Adjustments(strengths={"brows": 2.0, "gaze": 1.5}).adjusted(signals, LIMITS)
    assert adjusted[BROW] == signals[BROW]
    assert adjusted[UP] == pytest.approx(0.25 * REST[UP])


def test_gain_and_strength_multiply_and_a_muted_signal_rests():
    given = Adjustments({"mouth": 0.5}, {"mouthSmileLeft": 1.6}, frozenset({"mouthSmileRight"}))
    adjusted = given.adjusted(REST + 0.5, LIMITS)
    assert adjusted[SMILE] == pytest.approx(REST[SMILE] + 0.4)
    other = SHOWN_INDEX["mouthSmileRight"]
    assert adjusted[other] == pytest.approx(REST[other])


def test_nothing_leaves_its_range_but_what_was_tracked_there():
    signals = np.random.default_rng(1).uniform(0.0, 1.0, len(SHOWN_NAMES))
    strongest = Adjustments(strengths=dict.fromkeys(("mouth", "brows", "lids", "gaze"), 2.0))
    adjusted = strongest.adjusted(signals, 0.5 * LIMITS)
    assert (adjusted >= 0.0).all()
    assert (adjusted <= np.maximum(signals, 0.5)).all()
    assert (adjusted > signals + 0.01).any()


def test_the_turn_of_the_head_is_scaled_about_its_axis_up_to_what_a_neck_does():
    turn = matrix_from_axis_angle([0.2, -0.3, 0.1])
    assert AS_TRACKED.turned(turn) is turn
    half = Adjustments(strengths={"head": 0.5}).turned(turn)
    np.testing.assert_allclose(axis_angle_from_matrix(half), [0.1, -0.15, 0.05], atol=1e-9)
    np.testing.assert_allclose(Adjustments(strengths={"head": 0.0}).turned(turn), np.eye(3), atol=1e-9)
    for tracked, shown in ((0.9, MOST_TURN), (1.3, 1.3)):
        farther = Adjustments(strengths={"head": 2.0}).turned(matrix_from_axis_angle([0, tracked, 0]))
        np.testing.assert_allclose(axis_angle_from_matrix(farther), [0, shown, 0], atol=1e-9)


def test_mirrored_pictures_exchange_the_sides_of_gains_alone():
    given = Adjustments(
        gains={"eyeBlinkLeft": 1.5, "jawLeft": 0.5},
        muted=frozenset({"mouthSmileRight"}),
        held={"browDownLeft": 0.7},
        expressions=frozenset({"wink"}),
    )
    mirrored = given.mirrored()
    assert mirrored.gains == {"eyeBlinkRight": 1.5, "jawRight": 0.5}
    assert mirrored.muted == {"mouthSmileLeft"}
    assert (mirrored.held, mirrored.expressions) == (given.held, given.expressions)
    assert mirrored.mirrored() == given


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"strengths": {"ears": 1.0}}, "no strength 'ears'; name one of: mouth, brows, lids, gaze, head"),
        ({"strengths": {"mouth": 2.5}}, "strength mouth should be from 0 to 2, received 2.5"),
        ({"strengths": {"mouth": float("nan")}}, "received nan"),
        ({"gains": {"smile": 1.0}}, "no gain 'smile'"),
        ({"held": {"jawOpen": -0.1}}, "held signal jawOpen should be from 0 to 1, received -0.1"),
        ({"muted": frozenset({"jaw"})}, "no muted signal 'jaw'"),
        ({"expressions": frozenset({"grin"})}, "no expression 'grin'; name one of: wink, surprise"),
    ],
)
def test_what_cannot_be_adjusted_is_one_sentence(wrong, words):
    with pytest.raises(InputError, match=words):
        Adjustments(**wrong)

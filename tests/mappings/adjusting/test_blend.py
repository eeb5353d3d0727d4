"""Expressions lie on top of a face: what is in their way gives way, and a blink still blinks."""

from __future__ import annotations

import numpy as np
import pytest

from mappings.adjusting.blend import blended
from mappings.adjusting.expressions import EXPRESSION_NAMES, EXPRESSIONS, shown_values, yielding
from mappings.signals import LIDS, SHOWN_INDEX, SHOWN_NAMES

LIMITS = np.array([np.zeros(53), np.ones(53)])
STILL = np.zeros(len(SHOWN_NAMES))
WIDE = [SHOWN_INDEX["eyeWideLeft"], SHOWN_INDEX["eyeWideRight"]]


def weights(*shown: str, share: float = 1.0) -> np.ndarray:
    """Return the weights with which some expressions are shown."""
    return np.array([share if name in shown else 0.0 for name in EXPRESSION_NAMES])


def face(**values: float) -> np.ndarray:
    """Return signals that are 0 but for the values."""
    signals = STILL.copy()
    for name, value in values.items():
        signals[SHOWN_INDEX[name]] = value
    return signals


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda each: each.name)
def test_a_still_face_shows_the_values_of_an_expression(expression):
    shown = blended(STILL, weights(expression.name), LIMITS)
    np.testing.assert_allclose(shown, shown_values(expression.signals))
    assert shown.max() <= 1.0
    assert shown[SHOWN_INDEX[expression.needs]] > 0.0


def test_a_value_is_a_share_of_what_the_head_shows():
    shown = blended(STILL, weights("anger"), 0.5 * LIMITS)
    assert shown[SHOWN_INDEX["browDownLeft"]] == pytest.approx(0.5)


def test_an_expression_eases_from_what_is_tracked_and_adds_nothing_twice():
    tracked, shares, smile = (
        face(mouthSmileLeft=0.6),
        np.linspace(0.0, 1.0, 11),
        SHOWN_INDEX["mouthSmileLeft"],
    )
    smiles = [blended(tracked, weights("big smile", share=share), LIMITS)[smile] for share in shares]
    np.testing.assert_allclose(smiles, 0.6 + 0.4 * shares)


def test_what_is_in_the_way_gives_way():
    shown = blended(face(mouthSmileLeft=0.8, jawOpen=0.5), weights("kiss"), LIMITS)
    assert shown[SHOWN_INDEX["mouthSmileLeft"]] == shown[SHOWN_INDEX["jawOpen"]] == 0.0
    assert shown[SHOWN_INDEX["mouthPucker"]] == 1.0
    half = blended(face(mouthSmileLeft=0.8), weights("kiss", share=0.5), LIMITS)
    assert half[SHOWN_INDEX["mouthSmileLeft"]] == pytest.approx(0.4)


def test_people_go_on_talking_while_they_are_angry():
    shown = blended(face(jawOpen=0.6), weights("anger"), LIMITS)
    assert shown[SHOWN_INDEX["jawOpen"]] == pytest.approx(0.6)


def test_a_tracked_blink_blinks_in_a_surprise():
    opened = blended(STILL, weights("surprise"), LIMITS)
    blinking = blended(face(eyeBlinkLeft=0.8, eyeBlinkRight=0.8), weights("surprise"), LIMITS)
    np.testing.assert_allclose(opened[WIDE], 1.0)
    np.testing.assert_allclose(blinking[WIDE], 0.0)
    np.testing.assert_allclose(blinking[list(LIDS)], 0.8)
    own = blended(face(eyeBlinkLeft=0.8, eyeWideLeft=0.3), weights("surprise"), LIMITS)
    assert own[WIDE[0]] == pytest.approx(0.3)


def test_a_wink_shuts_one_eye_whatever_else_is_shown():
    shown = blended(STILL, weights("wink", "surprise"), LIMITS)
    np.testing.assert_array_equal(shown[list(LIDS)], [1.0, 0.0])
    np.testing.assert_array_equal(shown[WIDE], [0.0, 1.0])


def test_no_mix_of_expressions_leaves_the_range():
    rng = np.random.default_rng(3)
    limits = np.array([np.zeros(53), rng.uniform(0.4, 1.0, 53)])
    for _ in range(200):
        shown = blended(rng.uniform(0, 1, 53) * limits[1], rng.uniform(0, 1, 8), limits)
        assert (shown >= 0.0).all()
        assert (shown <= limits[1] + 1e-12).all()


def test_every_name_of_an_expression_stands_for_signals():
    for expression in EXPRESSIONS:
        for begins in expression.gives_way:
            assert any(name.startswith(begins) for name in SHOWN_NAMES), begins
        assert max(*yielding(expression), *expression.signals.values()) <= 1.0

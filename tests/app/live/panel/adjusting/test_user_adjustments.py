"""Expression keys reach the driver, and a head that cannot show one says so in one sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.live.keys import EXPRESSION_KEYS
from app.model.animated_head import AnimatedHead
from mappings.signals import MEDIAPIPE_INDEX
from tests.app.live.panel.adjusting.adjusting import Adjusting


@pytest.fixture(scope="module")
def animated() -> AnimatedHead:
    return AnimatedHead.load("builtin", solver="scores")


def eyelids(adjusting: Adjusting, time_s: float) -> np.ndarray:
    return np.asarray(adjusting.driver.follow(None, time_s).eyelids)


def test_a_key_shows_an_expression_until_it_is_pressed_again(animated: AnimatedHead) -> None:
    adjusting = Adjusting(animated)
    eyelids(adjusting, 0.0)
    assert adjusting.user.press("f1")
    assert adjusting.user.words == "wink"
    assert eyelids(adjusting, 0.5).tolist() == pytest.approx([1.0, 0.0])
    assert adjusting.user.press("f1")
    assert adjusting.user.words == ""
    assert eyelids(adjusting, 1.0).tolist() == pytest.approx([0.0, 0.0])


def test_every_expression_has_a_key_and_f9_lets_all_go(animated: AnimatedHead) -> None:
    adjusting = Adjusting(animated)
    for key in EXPRESSION_KEYS:
        assert adjusting.user.press(key)
    adjusting.user.hold("jawOpen", 0.5)
    assert adjusting.user.now.expressions == set(EXPRESSION_KEYS.values())
    assert not adjusting.said
    assert adjusting.user.press("f9")
    assert not adjusting.user.now.expressions
    assert not adjusting.user.now.held


def test_other_keys_are_left_to_others(animated: AnimatedHead) -> None:
    adjusting = Adjusting(animated)
    assert not adjusting.user.press("f")
    assert not adjusting.user.press("f10")
    assert not adjusting.asked


def test_what_changes_nothing_asks_for_nothing(animated: AnimatedHead) -> None:
    adjusting = Adjusting(animated)
    adjusting.user.let_go()
    adjusting.user.release("jawOpen")
    assert not adjusting.asked


def test_a_head_without_a_tongue_says_so(animated: AnimatedHead) -> None:
    silent = replace(animated.head, expression_names=())
    adjusting = Adjusting(replace(animated, head=silent))
    assert adjusting.user.press("f3")
    assert adjusting.said == ["the head builtin has no tongueOut, so it cannot show: tongue out"]
    assert not adjusting.user.now.expressions


def test_a_mapping_that_moves_no_cheeks_says_so(animated: AnimatedHead) -> None:
    matrix = animated.mapping.matrix.copy()
    matrix[MEDIAPIPE_INDEX["cheekPuff"]] *= 0.05
    adjusting = Adjusting(replace(animated, mapping=replace(animated.mapping, matrix=matrix)))
    adjusting.user.toggle("puffed cheeks")
    assert adjusting.said == ["the head builtin has no cheekPuff, so it cannot show: puffed cheeks"]

"""The section for motion changes strengths and expressions while a run goes on."""

from __future__ import annotations

import pytest

from app.live.panel.adjusting.motion import AS_TRACKED, LET_GO, MotionSection
from app.model.animated_head import AnimatedHead
from mappings.adjusting.adjustments import Adjustments
from mappings.adjusting.expressions import EXPRESSION_NAMES
from mappings.adjusting.parts import PART_NAMES
from render.ui.widgets import Answers, Slider, Switch
from tests.app.live.panel.adjusting.adjusting import Adjusting


@pytest.fixture(scope="module")
def animated() -> AnimatedHead:
    return AnimatedHead.load("builtin", solver="scores")


def test_it_shows_the_strengths_that_the_run_began_with(animated: AnimatedHead) -> None:
    section = MotionSection(Adjusting(animated, Adjustments({"mouth": 1.2})).user)
    sliders = {each.label: each.value for each in section.widgets() if isinstance(each, Slider)}
    assert sliders == {**dict.fromkeys(PART_NAMES, 1.0), "mouth": 1.2}


def test_moving_a_slider_changes_one_strength(animated: AnimatedHead) -> None:
    adjusting = Adjusting(animated, Adjustments({"mouth": 1.2}))
    section = MotionSection(adjusting.user)
    section.take(Answers(moved={"gaze": 0.5}))
    assert adjusting.user.now.strengths == {"mouth": 1.2, "gaze": 0.5}
    assert adjusting.kept == {"strengths.gaze": 0.5}
    section.take(Answers())
    assert adjusting.asked == 1
    section.take(Answers(pressed=AS_TRACKED))
    assert not adjusting.user.now.strengths
    assert adjusting.kept == {"strengths.gaze": None, "strengths.mouth": None}


def test_a_switch_shows_an_expression_and_says_its_key(animated: AnimatedHead) -> None:
    adjusting = Adjusting(animated)
    section = MotionSection(adjusting.user)
    section.take(Answers(switched={"kiss": True}))
    switches = [each for each in section.widgets() if isinstance(each, Switch)]
    assert [each.label for each in switches] == list(EXPRESSION_NAMES)
    assert [each.label for each in switches if each.on] == ["kiss"]
    assert [each.hint[-4:] for each in switches] == [f"(F{k})" for k in range(1, 9)]
    section.take(Answers(pressed=LET_GO))
    assert not adjusting.user.now.expressions

"""The section Parameters shows what is drawn, and holds what the user drags."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.live.panel.adjusting.drag_to_hold import KEEP
from app.live.panel.adjusting.parameters import LET_GO, ParametersSection
from app.live.threads.animating import LiveFrame
from app.model.animated_head import AnimatedHead
from flame_model.params import rest_params
from render.ui.widgets import Answers, Bar
from tests.app.live.panel.adjusting.adjusting import Adjusting


@pytest.fixture
def section(animated: AnimatedHead, adjusting: Adjusting) -> ParametersSection:
    made = ParametersSection(adjusting.user, lambda: animated.head)
    params = replace(rest_params(animated.head.expression_count), jaw=np.radians([18.0, 0.0, 0.0]))
    made.see(LiveFrame(0.0, None, None, 0.0, params))
    return made


def bars(section: ParametersSection) -> dict[str, Bar]:
    return {each.label: each for each in section.widgets() if isinstance(each, Bar)}


def test_every_parameter_has_a_bar_in_its_unit(section: ParametersSection, animated: AnimatedHead) -> None:
    shown = bars(section)
    assert shown["jaw x"].value == pytest.approx(18.0)
    assert set(animated.head.expression_names) <= set(shown)
    assert len(shown) == 5 * 3 + 2 + 3 + animated.head.expression_count
    assert len({each.name for each in section._bars().values()}) == len(shown)


def test_a_dragged_parameter_is_held_in_radians_until_it_is_released(
    section: ParametersSection, adjusting: Adjusting
) -> None:
    section.take(Answers(moved={"right eye y": 20.0}, held="right eye y"))
    assert adjusting.user.now.parameters == {"eyes.4": pytest.approx(np.radians(20.0))}
    adjusting.driver.follow(None, 0.0)
    shown = adjusting.driver.follow(None, 1.0)
    np.testing.assert_allclose(shown.eyes, [[0, 0, 0], [0, np.radians(20.0), 0]], atol=1e-9)
    section.take(Answers())
    assert not adjusting.user.now.parameters


def test_with_keep_it_stays_until_it_is_let_go(section: ParametersSection, adjusting: Adjusting) -> None:
    section.take(Answers(switched={KEEP: True}))
    section.take(Answers(moved={"tongueOut": 1.0}, held="tongueOut"))
    section.take(Answers())
    assert adjusting.user.now.parameters == {"expression.40": 1.0}
    section.take(Answers(pressed=LET_GO))
    assert not adjusting.user.now.parameters


def test_components_without_names_are_numbered(animated: AnimatedHead, adjusting: Adjusting) -> None:
    head = replace(animated.head, expression_names=())
    section = ParametersSection(adjusting.user, lambda: head)
    section.see(LiveFrame(0.0, None, None, 0.0, rest_params(head.expression_count)))
    assert "expression 41" in bars(section)
    assert not bars(ParametersSection(adjusting.user, lambda: head))

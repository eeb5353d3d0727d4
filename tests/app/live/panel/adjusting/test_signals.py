"""The section for signals shows live bars, and holds, mutes and strengthens what the user touches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.live.panel.adjusting.drag_to_hold import KEEP
from app.live.panel.adjusting.signals import (
    GAIN,
    LET_GO,
    MUTE,
    PART,
    PLAIN,
    SIGNALS,
    SignalsSection,
)
from app.live.threads.animating import LiveFrame
from flame_model.params import rest_params
from mappings.adjusting.adjuster import SeenSignals
from mappings.signals import NEUTRAL, SHOWN_INDEX, SHOWN_NAMES
from render.ui.widgets import Answers, Bar, Slider, Switch, Text
from tests.app.live.panel.adjusting.adjusting import Adjusting


@pytest.fixture
def section(adjusting: Adjusting) -> SignalsSection:
    return SignalsSection(adjusting.user)


def frame(mirrored: bool = False) -> LiveFrame:
    """Return a frame whose signals all differ, and whose jaw is open by a tenth of a turn."""
    tracked = np.linspace(0.0, 0.5, len(SHOWN_NAMES))
    params = replace(rest_params(41), jaw=np.array([0.2 * np.pi / 2.0, 0.0, 0.0]))
    return LiveFrame(
        0.0, None, None, 0.0, params, mirrored=mirrored, seen=SeenSignals(tracked, 2.0 * tracked)
    )


def bars(section: SignalsSection) -> dict[str, Bar]:
    return {each.label: each for each in section.widgets() if isinstance(each, Bar)}


def test_every_signal_but_neutral_has_a_bar_in_one_part() -> None:
    told = [name for names in SIGNALS.values() for name in names]
    assert sorted(told) == sorted(set(SHOWN_NAMES) - {NEUTRAL})


def test_bars_show_what_the_head_shows_and_tell_what_was_tracked(section: SignalsSection) -> None:
    section.see(frame())
    section.take(Answers(chosen={PART: "gaze"}))
    shown = bars(section)
    assert list(shown) == list(SIGNALS["gaze"])
    at = SHOWN_INDEX["eyeLookInLeft"]
    assert shown["eyeLookInLeft"].value == pytest.approx(2.0 * 0.5 * at / 52)
    assert f"tracked {0.5 * at / 52:.2f}" in shown["eyeLookInLeft"].hint


def test_before_the_first_frame_bars_are_empty(section: SignalsSection) -> None:
    assert {bar.value for bar in bars(section).values()} == {0.0}


def test_a_dragged_signal_is_held_until_it_is_released(section: SignalsSection, adjusting: Adjusting) -> None:
    section.take(Answers(moved={"jawOpen": 0.7}, held="jawOpen"))
    section.take(Answers(held="jawOpen"))
    assert adjusting.user.now.held == {"jawOpen": 0.7}
    section.take(Answers())
    assert not adjusting.user.now.held


def test_with_keep_a_held_signal_stays_until_it_is_let_go(
    section: SignalsSection, adjusting: Adjusting
) -> None:
    section.take(Answers(switched={KEEP: True}))
    for name in ("jawOpen", "tongueOut"):
        section.take(Answers(moved={name: 0.7}, held=name))
        section.take(Answers())
    assert adjusting.user.now.held == {"jawOpen": 0.7, "tongueOut": 0.7}
    words = [each.words for each in section.widgets() if isinstance(each, Text)]
    assert "held: jawOpen, tongueOut" in words
    section.take(Answers(pressed=LET_GO))
    assert not adjusting.user.now.held


def test_the_signal_touched_last_gets_a_gain_and_is_muted(
    section: SignalsSection, adjusting: Adjusting
) -> None:
    section.take(Answers(held="mouthPucker"))
    section.take(Answers(moved={GAIN: 1.4}, held=GAIN))
    section.take(Answers(switched={MUTE: True}))
    assert adjusting.user.now.gains == {"mouthPucker": 1.4}
    assert adjusting.user.now.muted == {"mouthPucker"}
    by_label = {each.label: each for each in section.widgets() if isinstance(each, Slider | Switch)}
    assert (by_label[GAIN].value, by_label[MUTE].on) == (1.4, True)  # type: ignore[union-attr]
    assert adjusting.kept == {"gains.mouthPucker": 1.4, "muted": ["mouthPucker"]}
    section.take(Answers(pressed=PLAIN))
    assert adjusting.kept == {"gains.mouthPucker": None, "muted": None}
    assert not adjusting.user.now.gains
    assert not adjusting.user.now.muted


def test_in_mirrored_pictures_gains_are_those_of_the_persons_own_side(
    section: SignalsSection, adjusting: Adjusting
) -> None:
    section.see(frame(mirrored=True))
    section.take(Answers(held="mouthSmileLeft"))
    section.take(Answers(switched={MUTE: True}))
    section.take(Answers(moved={"mouthFrownLeft": 0.5}, held="mouthFrownLeft"))
    assert adjusting.user.now.muted == {"mouthSmileRight"}
    assert adjusting.user.now.held == {"mouthFrownLeft": 0.5}
    words = [each.words for each in section.widgets() if isinstance(each, Text)]
    assert "muted: mouthSmileLeft" in words

"""The timeline's keys and buttons play a take; for other sources they say so or leave the key alone."""

from __future__ import annotations

import numpy as np
import pytest

from app.live.keys import Action
from app.live.panel.take_timeline import TakeTimeline
from app.sources import open_source
from app.sources.playback import Playback
from app.sources.still import StillSource
from render.ui.timeline import Timeline, TimelineAnswer

KEYS = (Action.STEP_BACK, Action.STEP, Action.SLOWER, Action.FASTER, Action.LOOP, Action.TIMELINE)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def timeline(said: list[str]) -> TakeTimeline:
    """Return the timeline of the demo."""
    shown = TakeTimeline(said.append)
    shown.attach(open_source("demo", live=True))
    return shown


def contents(timeline: TakeTimeline) -> Timeline:
    found = timeline.contents()
    assert found is not None
    return found


def test_it_is_hidden_until_its_key_or_its_first_use(timeline: TakeTimeline) -> None:
    assert timeline.contents() is None
    assert timeline.hint == (("timeline", "J"),)
    assert timeline.do(Action.TIMELINE)
    assert timeline.contents() is not None
    assert timeline.hint == ()
    assert timeline.do(Action.TIMELINE)
    assert timeline.contents() is None
    assert timeline.do(Action.STEP)
    assert contents(timeline).time_s == pytest.approx(1 / 30, abs=1e-3)


def test_keys_pause_step_and_change_the_speed(timeline: TakeTimeline) -> None:
    assert not timeline.paused
    for action in (Action.PAUSE, Action.STEP, Action.STEP, Action.STEP_BACK, Action.SLOWER):
        assert timeline.do(action)
    assert timeline.paused
    shown = contents(timeline)
    assert shown.time_s == pytest.approx(1 / 30, abs=1e-3)
    assert shown.duration_s == pytest.approx(23.77, abs=0.01)
    assert tuple(shown.buttons) == ("play", "<", ">", "0.5x", "loop from")
    timeline.play()
    assert not timeline.paused


def test_buttons_do_what_the_keys_do_and_the_speed_goes_round(timeline: TakeTimeline) -> None:
    timeline.do(Action.TIMELINE)
    for button in (0, 2, 2, 1):
        timeline.take(TimelineAnswer(None, button))
    assert timeline.paused
    assert contents(timeline).time_s == pytest.approx(1 / 30, abs=1e-3)
    speeds = []
    for _ in range(4):
        timeline.take(TimelineAnswer(None, 3))
        speeds.append(contents(timeline).buttons[3])
    assert speeds == ["2x", "4x", "0.1x", "0.25x"]


def test_marks_make_a_loop_and_tell_how_to_cut_it_out(timeline: TakeTimeline, said: list[str]) -> None:
    timeline.do(Action.PAUSE)
    timeline.take(TimelineAnswer(5.0, None))
    timeline.do(Action.LOOP)
    assert contents(timeline).loop == (5.0, None)
    timeline.take(TimelineAnswer(8.0, None))
    assert said == []
    timeline.do(Action.LOOP)
    assert contents(timeline).loop == (5.0, pytest.approx(8.0 + 1 / 30))
    assert "flame-cam takes cut TAKE --from 5.000 --to 8.033 --out part.npz" in said[0]
    timeline.do(Action.LOOP)
    assert contents(timeline).loop is None


def test_the_curves_are_those_of_mouth_and_lids(timeline: TakeTimeline) -> None:
    timeline.do(Action.TIMELINE)
    curves = dict(contents(timeline).curves)
    assert list(curves) == ["mouth", "lids"]
    # In the demo the mouth is widest open between the twelfth and the thirteenth second.
    assert 12 < 23.77 * float(np.nanargmax(curves["mouth"])) / len(curves["mouth"]) < 13
    assert all(len(values) <= 600 and 0 <= values.min() < values.max() <= 1 for values in curves.values())


@pytest.mark.parametrize("action", KEYS)
def test_without_a_take_its_keys_say_so(said: list[str], action: Action) -> None:
    timeline = TakeTimeline(said.append)
    timeline.attach(StillSource("photo", np.zeros((4, 4, 3), np.uint8), Playback(live=True)))
    assert timeline.do(action)
    assert "only takes have a timeline" in said[0]
    assert timeline.contents() is None
    assert timeline.hint == ()


def test_without_a_take_other_keys_are_left_alone(said: list[str]) -> None:
    timeline = TakeTimeline(said.append)
    assert not timeline.do(Action.PAUSE)
    assert not timeline.do(Action.MIRROR)
    timeline.play()
    timeline.take(TimelineAnswer(1.0, 0))
    assert said == []

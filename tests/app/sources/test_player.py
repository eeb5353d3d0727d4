"""A take plays as its viewer asks: pause, steps, speed, any place, and a loop between marks."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from app.sources.playback import Playback
from app.sources.player import SPEEDS, Player
from flame_model.arrays import Float64Array

TIMES = np.array([0.0, 0.1, 0.2, 0.4, 0.5])
Shown = list[tuple[int, float]]
"""Frames, each with the seconds since the start at which it is shown."""


class Watched:
    """A player with the frames that it shows."""

    def __init__(self, clock: Any, loop: bool = False, times: Float64Array = TIMES) -> None:
        self.clock = clock
        self.begun_s = clock()
        playback = Playback(True, loop, clock, self._sleep)
        self.player = Player(times, 0.1, playback, np.zeros((len(times), 2)))
        self.ended = False
        self._stopping = threading.Event()
        self._stop_s = 0.0

    def run(self, seconds: float) -> Shown:
        """Return the frames that are shown in the next seconds, each with the time since the start."""
        self._stop_s = self.clock() + seconds
        self._stopping.clear()
        shown = [
            (frame, round(self.clock() - self.begun_s, 3)) for frame in self.player.frames(self._stopping)
        ]
        self.ended = not self._stopping.is_set()
        return shown

    def frames(self, seconds: float) -> list[int]:
        """Return the frames that are shown in the next seconds."""
        return [frame for frame, _ in self.run(seconds)]

    def _sleep(self, seconds: float) -> None:
        self.clock.sleep(seconds)
        if self.clock() >= self._stop_s - 1e-9:
            self._stopping.set()


@pytest.fixture
def watched(clock: Any) -> Watched:
    return Watched(clock)


def test_untouched_it_plays_once_at_its_own_times_and_ends(watched: Watched) -> None:
    assert watched.run(9.0) == [(0, 0.0), (1, 0.1), (2, 0.2), (3, 0.4), (4, 0.5)]
    assert watched.ended
    assert watched.clock() - watched.begun_s == pytest.approx(0.6)


def test_with_a_loop_it_begins_again_after_the_last_frames_time(clock: Any) -> None:
    assert Watched(clock, loop=True).run(0.75)[4:] == [(4, 0.5), (0, 0.6), (1, 0.7)]


def test_a_pause_holds_the_frame_and_play_goes_on_after_it(watched: Watched) -> None:
    watched.run(0.25)
    watched.player.play(False)
    assert watched.frames(5.0) == []
    assert watched.player.state.frame == 2
    watched.player.play(True)
    assert watched.frames(0.35) == [3, 4]


def test_steps_pause_and_stay_within_the_take(watched: Watched) -> None:
    watched.run(0.15)
    for step, frame in ((1, 2), (1, 3), (-1, 2), (-9, 0), (-1, 0), (9, 4), (1, 4)):
        watched.player.step(step)
        assert watched.frames(0.3) == [frame]
        assert not watched.player.state.playing


def test_steps_that_follow_each_other_before_a_frame_is_shown_add_up(watched: Watched) -> None:
    watched.run(0.05)
    for _ in range(3):
        watched.player.step(1)
    assert watched.frames(0.1) == [3]


@pytest.mark.parametrize(("time_s", "frame"), [(-1.0, 0), (0.0, 0), (0.19, 1), (0.39, 2), (0.4, 3), (9.0, 4)])
def test_seeking_shows_the_frame_of_the_time_also_while_paused(
    watched: Watched, time_s: float, frame: int
) -> None:
    watched.run(0.05)
    watched.player.play(False)
    watched.player.seek(time_s)
    assert watched.player.state.frame == frame
    assert watched.frames(1.0) == [frame]


def test_playing_goes_on_from_the_place_that_was_sought(watched: Watched) -> None:
    watched.run(0.45)
    watched.player.seek(0.1)
    assert watched.frames(0.15) == [1, 2]


def test_once_used_it_waits_at_the_end_and_plays_again_from_the_beginning(watched: Watched) -> None:
    watched.player.seek(0.5)
    assert watched.frames(3.0) == [4]
    assert not watched.ended
    assert not watched.player.state.playing
    watched.player.play(True)
    assert watched.frames(0.15) == [0, 1]


def test_speed_changes_the_steps_at_once_and_stays_within_its_range(watched: Watched) -> None:
    watched.player.change_speed(1)
    assert watched.run(0.24) == [(0, 0.0), (1, 0.05), (2, 0.1), (3, 0.2)]
    for speed in (1.0, 0.5, 0.25, 0.1, 0.1):
        watched.player.change_speed(-1)
        assert watched.player.state.speed == speed
    # The 0.02 s that are left of frame 3 last 0.2 s at a tenth of the speed.
    assert watched.run(0.3) == [(4, pytest.approx(0.24 + 0.2, abs=0.03))]
    watched.player.change_speed(len(SPEEDS))
    assert watched.player.state.speed == SPEEDS[-1]


def test_marks_make_a_loop_and_a_third_mark_forgets_it(watched: Watched) -> None:
    player = watched.player
    player.play(False)
    player.seek(0.1)
    player.mark()
    assert player.state.marks == (1, None)
    player.seek(0.2)
    player.mark()
    assert player.state.marks == (1, 2)
    player.play(True)
    assert watched.frames(0.65) == [2, 1, 2, 1, 2]
    player.mark()
    assert player.state.marks is None
    assert watched.frames(0.35) == [3, 4]


def test_a_last_mark_before_the_first_begins_the_loop_anew(watched: Watched) -> None:
    watched.player.seek(0.4)
    watched.player.mark()
    watched.player.seek(0.1)
    watched.player.mark()
    assert watched.player.state.marks == (1, None)


def test_after_a_stall_nothing_is_caught_up(watched: Watched) -> None:
    watched.run(0.05)
    watched.clock.sleep(3.0)
    (first, first_s), (second, second_s) = watched.run(0.15)
    assert (first, second) == (1, 2)
    assert first_s > 3.04
    assert second_s - first_s == pytest.approx(0.1)


def test_a_take_of_one_frame_stays_and_can_be_stepped(clock: Any) -> None:
    one = Watched(clock, times=np.zeros(1))
    assert one.frames(3.0) == [0]
    assert not one.ended
    one.player.step(1)
    one.player.mark()
    assert one.frames(1.0) == [0]
    assert one.player.duration_s == pytest.approx(0.1)

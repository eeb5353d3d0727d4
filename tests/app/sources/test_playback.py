from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from app.sources.playback import Playback, Timeline, play

TIMES = [0.0, 0.1, 0.2, 0.3]


def one_round() -> Iterator[tuple[float, str]]:
    return zip(TIMES, "abcd", strict=True)


def test_live_items_come_at_their_own_times(clock) -> None:
    begun_s = clock()
    played = play(one_round, Playback(True, False, clock, clock.sleep), threading.Event(), 0.1)
    assert [clock() - begun_s for _ in played] == pytest.approx(TIMES)
    assert clock() - begun_s == pytest.approx(0.4), "the last item stays for its interval"


def test_nothing_is_hurried_after_a_stall(clock) -> None:
    played = play(one_round, Playback(True, False, clock, clock.sleep), threading.Event(), 0.1)
    next(played)
    clock.now_s += 5.0
    next(played)
    stalled_s = clock()
    assert [clock() - stalled_s for _ in played] == pytest.approx([0.1, 0.2])


def test_a_little_lateness_does_not_slow_the_clip_down(clock) -> None:
    begun_s = clock()
    for _ in play(one_round, Playback(True, False, clock, clock.sleep), threading.Event(), 0.1):
        clock.now_s += 0.03
    assert clock() - begun_s == pytest.approx(0.4)


def test_offline_nothing_sleeps(clock) -> None:
    played = list(play(one_round, Playback(False, False, clock, clock.sleep), threading.Event(), 0.1))
    assert [item for _, _, item in played] == list("abcd")
    assert clock.slept == []


def test_loops_count_on_and_times_rise(clock) -> None:
    played = play(one_round, Playback(False, True, clock, clock.sleep), threading.Event(), 0.1)
    items = [next(played) for _ in range(10)]
    assert [index for index, _, _ in items] == list(range(10))
    assert [time_s for _, time_s, _ in items] == pytest.approx([0.1 * i for i in range(10)])


def test_times_that_stand_still_or_go_back_rise_all_the_same(clock) -> None:
    times = [(5.0, "a"), (5.0, "b"), (4.0, "c"), (5.2, "d")]
    playback = Playback(False, False, clock, clock.sleep)
    played = [time_s for _, time_s, _ in play(lambda: iter(times), playback, threading.Event(), 0.1)]
    assert played[0] == 0.0
    assert all(later > earlier for earlier, later in pairwise(played))
    assert played[-1] == pytest.approx(0.2)


def test_an_empty_round_ends_instead_of_looping_for_ever(clock) -> None:
    played = play(lambda: iter(()), Playback(False, True, clock, clock.sleep), threading.Event(), 0.1)
    assert list(played) == []


def test_a_long_wait_ends_when_the_source_is_closed(clock) -> None:
    stopping = threading.Event()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        stopping.set()

    rounds = [(0.0, "a"), (3600.0, "b")]
    played = play(lambda: iter(rounds), Playback(True, False, clock, sleep), stopping, 0.1)
    assert [item for _, _, item in played] == ["a"]
    assert sum(clock.slept) < 1.0


def placed(*times: float) -> list[float]:
    timeline = Timeline(0.1)
    return [timeline.place(time_s) for time_s in times]


def test_a_recording_starts_at_nought_and_keeps_its_pauses() -> None:
    assert placed(-2.0, -1.9, 3.1, 3.2) == pytest.approx([0.0, 0.1, 5.1, 5.2])


def test_a_clock_that_is_set_back_begins_where_the_picture_before_ends() -> None:
    assert placed(7.0, 7.1, 0.0, 0.1, 0.3) == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.5])


@pytest.mark.parametrize("broken", [1e9, -1e9, 95443.7])
def test_one_broken_time_neither_stops_nor_hurries_the_others(broken: float) -> None:
    assert placed(0.0, 0.1, broken, 0.3, 0.4) == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])


def test_times_out_of_order_rise_all_the_same() -> None:
    times = placed(0.0, 0.3, 0.1, 0.2, 0.2, 0.4)
    assert all(later > earlier for earlier, later in pairwise(times))
    assert times[-1] == pytest.approx(0.4)


def test_a_round_follows_the_one_before_it() -> None:
    timeline = Timeline(0.1)
    first = [timeline.place(time_s) for time_s in (5.0, 5.1)]
    timeline.begin_round()
    assert [*first, timeline.place(5.0), timeline.place(5.1)] == pytest.approx([0.0, 0.1, 0.2, 0.3])

"""A search takes one view a frame, begins after a second and becomes rare."""

from __future__ import annotations

from itertools import pairwise

from mappings.tracking.people.search_schedule import AFTER_S, LONGEST_PAUSE_S, PAUSE_S, SearchSchedule
from mappings.tracking.views.view import View

VIEWS = [View(1), View(2)]


def searched(schedule: SearchSchedule, times: list[float]) -> list[float]:
    return [time_s for time_s in times if schedule.next(time_s, lambda: iter(VIEWS)) is not None]


def test_every_view_has_its_turn_after_a_second_and_pauses_grow() -> None:
    times = [0.25 * i for i in range(2000)]
    taken = searched(SearchSchedule(), times)
    assert taken[:2] == [AFTER_S, AFTER_S + 0.25]
    starts = taken[::2]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert PAUSE_S <= gaps[0] <= PAUSE_S + 1.0
    assert gaps == sorted(gaps)
    assert LONGEST_PAUSE_S <= gaps[-1] <= LONGEST_PAUSE_S + 1.0


def test_a_face_in_view_starts_the_wait_anew() -> None:
    schedule = SearchSchedule()
    assert searched(schedule, [0.0, 0.9]) == []
    schedule.reset()
    assert searched(schedule, [1.5, 2.4, 2.5]) == [2.5]


def test_nothing_to_look_at_is_no_endless_loop() -> None:
    schedule = SearchSchedule()
    assert [schedule.next(0.5 * i, lambda: iter(())) for i in range(40)] == [None] * 40

from __future__ import annotations

from itertools import pairwise

import pytest

from app.sources.timeline import Timeline


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

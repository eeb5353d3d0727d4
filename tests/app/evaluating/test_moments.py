"""The worst moments of a clip whose faults are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.evaluating.moments import APART_S, MOMENTS, worst_moments
from app.evaluating.playing import Played
from app.evaluating.watching import Clip, Sight
from mappings.signals import MEDIAPIPE_INDEX

FAULTS = {20: 0.9, 21: 0.95, 80: 0.5, 81: 0.7, 110: 0.6}


@pytest.fixture
def played(demo_clip: Clip) -> Played:
    """Return a clip whose jaw was read otherwise on the head in some frames."""
    column = MEDIAPIPE_INDEX["jawOpen"]
    read = list(demo_clip.driving)
    for frame, fault in FAULTS.items():
        scores = read[frame].scores.copy()
        scores[column] += fault
        read[frame] = replace(read[frame], scores=scores)
    return Played(demo_clip, (), Sight(tuple(read), ()))


def test_the_worst_come_first_and_apart(played: Played) -> None:
    moments = worst_moments(played)
    assert [moment.frame for moment in moments] == [21, 81, 110][:MOMENTS]
    assert np.diff(sorted(moment.time_s for moment in moments)).min() >= APART_S
    name, person, head = moments[0].differences[0]
    assert (name, head - person) == ("jawOpen", pytest.approx(0.95, abs=1e-6))


def test_no_face_on_the_head_is_worse_than_any_other(played: Played) -> None:
    read = list(played.head.observations)
    read[50] = None
    moments = worst_moments(replace(played, head=Sight(tuple(read), ())))
    assert [moment.frame for moment in moments] == [50, 21, 81][:MOMENTS]
    assert (moments[0].error, moments[0].differences) == (np.inf, ())

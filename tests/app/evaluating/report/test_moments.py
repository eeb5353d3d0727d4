"""The worst moments of a clip with known errors are found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.evaluating.driving import DrivenClip
from app.evaluating.observed_clips import ObservedClip, TrackedVideo
from app.evaluating.report.moments import APART_S, MOMENTS, worst_moments
from mappings.signals import MEDIAPIPE_INDEX

FAULTS = {20: 0.9, 21: 0.95, 80: 0.5, 81: 0.7, 110: 0.6}


@pytest.fixture
def driven(demo_clip: ObservedClip) -> DrivenClip:
    """Return a clip in some frames of which the head's jaw differs from the person's."""
    column = MEDIAPIPE_INDEX["jawOpen"]
    read = list(demo_clip.driving)
    for frame, fault in FAULTS.items():
        scores = read[frame].scores.copy()
        scores[column] += fault
        read[frame] = replace(read[frame], scores=scores)
    return DrivenClip(demo_clip, (), TrackedVideo(tuple(read), ()))


def test_the_worst_come_first_and_apart(driven: DrivenClip) -> None:
    moments = worst_moments(driven)
    assert [moment.frame for moment in moments] == [21, 81, 110][:MOMENTS]
    assert np.diff(sorted(moment.time_s for moment in moments)).min() >= APART_S
    name, person, head = moments[0].differences[0]
    assert (name, head - person) == ("jawOpen", pytest.approx(0.95, abs=1e-6))


def test_no_face_on_the_head_is_worse_than_any_other(driven: DrivenClip) -> None:
    read = list(driven.head.observations)
    read[50] = None
    moments = worst_moments(replace(driven, head=TrackedVideo(tuple(read), ())))
    assert [moment.frame for moment in moments] == [50, 21, 81][:MOMENTS]
    assert (moments[0].error, moments[0].differences) == (np.inf, ())

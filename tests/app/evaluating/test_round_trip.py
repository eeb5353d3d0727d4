"""The round trip measures known differences between faces."""

from __future__ import annotations

import numpy as np
import pytest

from app.evaluating.round_trip import compare
from tests.app.evaluating.conftest import Person

WAVE = 0.5 + 0.4 * np.sin(np.arange(60) / 7.0)


@pytest.fixture
def talking(person: Person) -> list:
    """Return a person whose jaw and head move in waves."""
    lower_lip = np.zeros((478, 3))
    lower_lip[14, 1] = -0.02
    return [person({"jawOpen": w, "mouthPucker": 0.01 * w}, w * lower_lip, (0.0, 0.3 * w, 0.0)) for w in WAVE]


def test_the_same_face_has_no_error(talking: list) -> None:
    trip = compare(talking, talking)
    assert trip.correlations == pytest.approx({"jawOpen": 1.0}), "what hardly moves is not counted"
    assert trip.mouth_opening == pytest.approx(1.0)
    assert (trip.frames, trip.seen, trip.error) == (60, 1.0, 0.0)
    assert trip.pose_deg == pytest.approx(0.0, abs=0.01)


def test_differences_are_measured(talking: list, person: Person) -> None:
    weak = [person({"jawOpen": 0.5 * w}, turn=(0.1, 0.3 * w, 0.0)) for w in WAVE]
    trip = compare(talking, weak)
    assert trip.correlation == pytest.approx(1.0), "weaker is not otherwise"
    assert trip.error == pytest.approx((0.5 * WAVE.mean() + 0.01 * WAVE.mean()) / 52, rel=1e-3)
    assert trip.mouth_opening == 0.0, "the mouth's shape stands still whatever the scores say"
    assert trip.pose_deg < 1.0, "a constant offset of the turn is the head's own"


def test_a_head_that_stands_still_follows_nothing(talking: list, person: Person) -> None:
    still = [person() for _ in WAVE]
    trip = compare(talking, still)
    assert trip.correlation == trip.mouth_opening == 0.0
    assert trip.pose_deg > 2.0
    assert np.isnan(compare(still, talking).mouth_opening), "a person who stands still asks for nothing"


def test_unseen_heads_lower_the_share_that_is_seen(talking: list) -> None:
    lost = [None if k % 4 == 0 else each for k, each in enumerate(talking)]
    trip = compare(talking, lost)
    assert trip.seen == pytest.approx(0.75)
    assert trip.error == 0.0
    assert compare(lost, talking).seen == 1.0, "frames without the person's face do not count"


def test_a_head_that_is_never_seen_has_no_figures(talking: list) -> None:
    trip = compare(talking, [None] * len(talking))
    assert trip.seen == 0.0
    assert np.isnan([trip.correlation, trip.error, trip.eye_aperture, trip.pose_deg]).all()

"""People's faces as a prior: what they do together costs less than what they never do."""

from __future__ import annotations

import numpy as np
import pytest

from mappings.response.people import with_people
from mappings.response.problem import ResponseProblem, Wanted
from mappings.response.response import Response
from mappings.response.weights import Weights
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT
from tests.synthetic_response import evened, plain_mapping, synthetic_response

LEFT, RIGHT, JAW = (MEDIAPIPE_INDEX[name] for name in ("mouthSmileLeft", "mouthSmileRight", "jawOpen"))
MAPPING = plain_mapping(*sorted((LEFT, RIGHT, JAW)))


@pytest.fixture(scope="module")
def response() -> Response:
    """Return a tracker's response with people who smile with both sides, and open the jaw independently."""
    random = np.random.default_rng(0)
    plain = evened(synthetic_response(MAPPING, bent=0.0))
    scores = np.full((200, SIGNAL_COUNT), 0.05)
    scores[:, [LEFT, RIGHT]] = random.uniform(0.05, 0.75, (200, 1))
    scores[:, JAW] = random.uniform(0.05, 0.75, 200)
    return with_people(plain, MAPPING, scores)


def distance(response: Response, **signals: float) -> float:
    """Return the squared Mahalanobis distance of signals from people's faces."""
    x = response.people_mean.copy()
    for name, value in signals.items():
        x[np.flatnonzero(response.signals == MEDIAPIPE_INDEX[name])] += value
    apart = x - response.people_mean
    return float(apart @ response.people_precision @ apart)


def test_an_even_smile_is_nearer_to_people_than_a_crooked_one(response: Response) -> None:
    even = distance(response, mouthSmileLeft=0.2, mouthSmileRight=0.2)
    crooked = distance(response, mouthSmileLeft=0.2, mouthSmileRight=-0.2)
    assert crooked > 5.0 * even


def test_the_prior_is_even_itself(response: Response) -> None:
    """Up to the tracker's own preference for a side in the scores of looks, which leaks into the others."""
    left, right = (distance(response, **{name: 0.3}) for name in ("mouthSmileLeft", "mouthSmileRight"))
    assert left == pytest.approx(right, rel=0.05)
    mean = dict(zip(response.signals, response.people_mean, strict=True))
    assert mean[LEFT] == pytest.approx(mean[RIGHT], abs=0.01)


def test_a_report_that_says_nothing_gives_the_mean_of_people(response: Response) -> None:
    """With all but no weight on the report and the start, the solution is the people's mean."""
    unsure = Weights(scores=1e-9, angles=1e-9, start=1e-9, mouth_start=1e-9, people=1.0)
    start = np.append(np.full(response.signal_count, 0.9), np.zeros(3))
    wanted = Wanted(np.append(np.full(SIGNAL_COUNT, 0.9), np.zeros(3)))
    found = ResponseProblem(MAPPING, response, unsure).nearest(start, wanted)
    np.testing.assert_allclose(found[:-3], response.people_mean, atol=1e-3)


def test_the_prior_leaves_a_clear_report_as_it_is(response: Response) -> None:
    x = np.append(np.full(response.signal_count, 0.4), np.zeros(3))
    wanted = Wanted(response.reports(x).report)
    found = ResponseProblem(MAPPING, response, Weights()).nearest(x, wanted)
    np.testing.assert_allclose(found[:-3], x[:-3], atol=0.045)

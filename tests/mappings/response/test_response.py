"""A response predicts what a tracker reports, with slopes that a solver can use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mappings.person.apertures import MOUTH
from mappings.response.links import LEAST_SCORE_SLOPE
from mappings.response.response import Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX
from tests.synthetic_response import CENTRE, plain_mapping, synthetic_response

JAW_OPEN = MEDIAPIPE_INDEX["jawOpen"]
NO_SHIFT = np.zeros(3)


@pytest.fixture(scope="module")
def mapping() -> ScoreMapping:
    return plain_mapping()


def place(response: Response, name: str) -> int:
    """Return the place of a signal among the inputs."""
    return int(np.flatnonzero(response.signals == MEDIAPIPE_INDEX[name])[0])


def at_centre(response: Response) -> np.ndarray:
    return np.append(np.full(response.signal_count, CENTRE), np.zeros(3))


@pytest.mark.parametrize("part", ["report", "points", "apertures"])
@pytest.mark.parametrize("shift", [NO_SHIFT, np.array([0.03, -0.02, 0.01])], ids=["centre", "aside"])
def test_a_prediction_and_its_slopes_belong_together(
    mapping: ScoreMapping, part: str, shift: np.ndarray
) -> None:
    response = synthetic_response(mapping, bent=1.0)
    # The mouth is open: shut lips have a slope by which they can part, though they are reported as shut.
    x = np.random.default_rng(1).uniform(0.1, 0.3, response.signal_count + 3)
    x[place(response, "jawOpen")] = 1.0
    predicted, slopes = (getattr(reports, part) for reports in response.predict(x, shift))
    assert slopes.shape == (len(predicted), len(x))
    for index in range(len(x)):
        step = np.zeros(len(x))
        step[index] = 1e-4
        ahead, behind = (getattr(response.predict(x + s, shift)[0], part) for s in (step, -step))
        np.testing.assert_allclose(slopes[:, index], (ahead - behind) / 2e-4, atol=1e-6)


def test_scores_and_angles_depend_on_the_place_and_without_one_on_the_scenes_centre(
    mapping: ScoreMapping,
) -> None:
    response = synthetic_response(mapping)
    x = at_centre(response)
    aside = response.predict(x, np.array([0.02, 0.0, 0.0]))[0].report
    np.testing.assert_array_equal(response.predict(x)[0].report, response.predict(x, NO_SHIFT)[0].report)
    assert np.abs(aside - response.predict(x)[0].report).max() > 0.01


def test_a_score_that_is_all_but_one_can_fall_again(mapping: ScoreMapping) -> None:
    """Its slope all but vanishes, and without a slope a solver would not find back."""
    response = synthetic_response(mapping)
    x = at_centre(response)
    opens = place(response, "jawOpen")
    x[opens] = 4.0
    reported, slopes = response.predict(x)
    assert reported.report[JAW_OPEN] > 0.9999
    logit_slope = response.network(np.zeros(len(response.scale)))[1][JAW_OPEN, opens] / response.scale[opens]
    assert slopes.report[JAW_OPEN, opens] == pytest.approx(LEAST_SCORE_SLOPE * logit_slope, rel=0.1)


def test_pressed_lips_are_shut_and_can_part(mapping: ScoreMapping) -> None:
    response = synthetic_response(mapping)
    x = at_centre(response)
    opened = []
    for close in (0.2, 0.6, 1.0):
        x[place(response, "mouthClose")] = close
        reported, slopes = response.predict(x)
        opened.append(reported.apertures[MOUTH])
        assert slopes.apertures[MOUTH].min() < -0.01, "more mouthClose shuts the mouth further"
    assert np.ptp(opened[1:]) < 0.001
    assert opened[-1] == pytest.approx(response.shut[MOUTH], abs=0.001)


def test_a_mapping_has_a_key_of_its_own_up_to_single_precision() -> None:
    mapping = ScoreMapping.default()
    nearly = replace(mapping, matrix=mapping.matrix.astype(np.float32).astype(np.float64))
    other = replace(mapping, intercept=mapping.intercept + 0.01)
    assert mapping_key(mapping) == mapping_key(nearly)
    assert mapping_key(mapping) != mapping_key(other)

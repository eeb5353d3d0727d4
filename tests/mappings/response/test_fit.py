"""The response of a synthetic tracker is recovered from its readings."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from flame_model.errors import InputError
from mappings.person.apertures import EYE_CORNERS, FACING
from mappings.response.fit import driven_signals, fit_response
from mappings.response.network import Network
from mappings.response.readings import Readings
from mappings.response.response import Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, mirrored_indices, signals_named
from tests.synthetic_response import evened, plain_mapping, synthetic_response

NAMES = ("browInnerUp", "eyeBlinkLeft", "eyeBlinkRight", "jawOpen", "mouthSmileLeft", "mouthSmileRight")
MOVING = [MEDIAPIPE_INDEX[name] for name in NAMES]
POINTS = np.array([0, 17, 152])
"""Landmarks in the middle of the face."""
EYE_DISTANCE = 0.0865
NOISE = 0.02
COUNT = 4000
ASIDE = np.array([0.02, 0.0, 0.0])


@pytest.fixture(scope="module")
def mapping() -> ScoreMapping:
    return plain_mapping(*MOVING)


@pytest.fixture(scope="module")
def truth(mapping: ScoreMapping) -> Response:
    """Return a tracker that treats both sides alike."""
    return evened(synthetic_response(mapping, bent=1.0, points=POINTS))


def readings_of(truth: Response, count: int, seed: int = 0) -> Readings:
    """Return noisy readings of the synthetic tracker."""
    random = np.random.default_rng(seed)
    signals = random.uniform(0.0, 1.0, (count, SIGNAL_COUNT))
    angles, shifts = random.normal(0.0, 0.2, (count, 3)), random.normal(0.0, 0.02, (count, 3))
    inputs = np.hstack([signals[:, truth.signals], angles])
    seen = [truth.predict(x, shift)[0] for x, shift in zip(inputs, shifts, strict=True)]
    outputs = np.array([reports.report for reports in seen])
    outputs += random.normal(0.0, NOISE, outputs.shape)
    faces = np.zeros((count, 468, 3))
    faces[:, EYE_CORNERS, 0] = 0.5 * EYE_DISTANCE * np.array([-1.0, 1.0])
    faces[:, POINTS] = np.array([reports.points for reports in seen]).reshape(count, -1, 3)
    apertures = np.array([reports.apertures for reports in seen])
    for pairs, aperture in zip(FACING, apertures.T, strict=True):
        faces[:, pairs[:, 0], 1] = faces[:, pairs[:, 1], 1] + EYE_DISTANCE * aperture[:, None]
    return Readings(signals, angles, shifts, outputs[:, :SIGNAL_COUNT], outputs[:, SIGNAL_COUNT:], faces)


@pytest.fixture(scope="module")
def fitted(truth: Response, mapping: ScoreMapping) -> Response:
    return fit_response(readings_of(truth, COUNT), mapping, POINTS)


def test_a_smooth_response_is_recovered(truth: Response, fitted: Response) -> None:
    """The bounds are a little above the largest errors that were measured; the readings are noisy."""
    random = np.random.default_rng(9)
    inputs = np.hstack([random.uniform(0.0, 1.0, (50, len(MOVING))), random.normal(0.0, 0.2, (50, 3))])
    for x in inputs:
        (known, known_slopes), (found, found_slopes) = truth.predict(x), fitted.predict(x)
        np.testing.assert_allclose(found.report[:SIGNAL_COUNT], known.report[:SIGNAL_COUNT], atol=0.048)
        np.testing.assert_allclose(found.report[SIGNAL_COUNT:], known.report[SIGNAL_COUNT:], atol=0.015)
        by_signals = slice(0, len(MOVING))
        expected = known_slopes.report[:, by_signals]
        np.testing.assert_allclose(found_slopes.report[:, by_signals], expected, atol=0.13)
        np.testing.assert_allclose(found.points, known.points, atol=2.2e-4)
        np.testing.assert_allclose(found.apertures, known.apertures, atol=0.0085)
        by_shift = [response.predict(x, ASIDE)[0].report for response in (truth, fitted)]
        np.testing.assert_allclose(by_shift[1] - found.report, by_shift[0] - known.report, atol=0.025)


def test_it_states_its_inputs_its_mapping_and_its_quality(fitted: Response, mapping: ScoreMapping) -> None:
    assert fitted.signals.tolist() == sorted(MOVING)
    assert fitted.frames == COUNT
    assert fitted.mapping_key == mapping_key(mapping)
    np.testing.assert_array_equal(fitted.points, POINTS)
    np.testing.assert_allclose(fitted.angle_limits, 0.2 * 2.33, atol=0.03)
    assert fitted.eye_distance == pytest.approx(EYE_DISTANCE)
    assert fitted.r2[MOVING].min() > 0.985
    assert (fitted.r2[MOVING] > fitted.linear_r2[MOVING] + 0.013).all()
    assert fitted.r2.max() < 1.0


def test_the_same_readings_give_the_same_response(truth: Response, mapping: ScoreMapping) -> None:
    one, other = (fit_response(readings_of(truth, 40), mapping, POINTS).network for _ in range(2))
    for field in fields(Network):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_both_sides_are_alike(fitted: Response) -> None:
    """Of a tracker with preferences for a side the mean is used, so that nobody's face becomes uneven.

    Looks are an exception: eyes should look where the person's do.
    """
    x = np.append(np.full(len(MOVING), 0.3), (0.0, 0.1, 0.0))
    scores = fitted.predict(x)[0].report[:SIGNAL_COUNT]
    still = ~signals_named("eyeLook")
    np.testing.assert_allclose(scores[still], scores[mirrored_indices()][still], atol=1e-6)


def test_scores_that_hardly_change_explain_nothing(truth: Response, mapping: ScoreMapping) -> None:
    """Else the share of nothing that is missed is millions, more than a file may hold."""
    readings = readings_of(truth, 60)
    scores = readings.scores.copy()
    scores[:, :2] = (0.0, 1e-5) * np.random.default_rng(0).random((60, 2))
    explained = fit_response(replace(readings, scores=scores), mapping, POINTS).r2
    assert explained[:2].tolist() == [0.0, 0.0]
    assert explained[2:].any()


def test_just_enough_readings_are_enough(truth: Response, mapping: ScoreMapping) -> None:
    assert fit_response(readings_of(truth, 36), mapping, POINTS).frames == 36


@pytest.mark.parametrize("count", [0, 1, 35])
def test_too_few_readings_are_one_sentence(truth: Response, mapping: ScoreMapping, count: int) -> None:
    few = readings_of(truth, 36).part(slice(0, count))
    with pytest.raises(InputError, match=f"in {count} pictures only, at least 36"):
        fit_response(few, mapping, POINTS)


def test_signals_that_are_never_sent_or_move_nothing_are_no_input(mapping: ScoreMapping) -> None:
    assert driven_signals(mapping).tolist() == sorted(MOVING)
    every = driven_signals(plain_mapping())
    assert MEDIAPIPE_INDEX["cheekPuff"] not in every
    assert MEDIAPIPE_INDEX["jawOpen"] in every

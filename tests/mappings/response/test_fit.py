"""The response of a synthetic tracker is recovered from its readings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.arrays import Array
from flame_model.errors import InputError
from mappings.person.apertures import EYE_CORNERS, FACING
from mappings.response.fit import driven_signals, fit_response
from mappings.response.quadratic import Quadratic
from mappings.response.readings import Readings
from mappings.response.response import ANGLE_COUNT, Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, mirrored_indices, signals_named
from tests.synthetic_response import OUTPUTS, plain_mapping, synthetic_response

NAMES = ("browInnerUp", "eyeBlinkLeft", "eyeBlinkRight", "jawOpen", "mouthSmileLeft", "mouthSmileRight")
MOVING = [MEDIAPIPE_INDEX[name] for name in NAMES]
POINTS = np.array([0, 17, 152])
"""Landmarks in the middle of the face."""
EYE_DISTANCE = 0.0865
NOISE = 0.02


@pytest.fixture(scope="module")
def mapping() -> ScoreMapping:
    return plain_mapping(*MOVING)


@pytest.fixture(scope="module")
def truth(mapping: ScoreMapping) -> Response:
    """Return a tracker that treats both sides alike."""
    return symmetric_response(synthetic_response(mapping, bent=0.015))


def symmetric_response(response: Response) -> Response:
    """Return the mean of a response and its mirror image, of landmarks in the middle of the face."""
    outputs = np.append(mirrored_indices(), SIGNAL_COUNT + np.arange(ANGLE_COUNT))
    signs = np.append(np.ones(SIGNAL_COUNT), [-1.0, 1.0, -1.0])
    place = {int(signal): column for column, signal in enumerate(response.signals)}
    inputs = [place[int(mirrored_indices()[signal])] for signal in response.signals]
    inputs += range(len(place), len(place) + ANGLE_COUNT)
    input_signs = np.append(np.ones(len(place)), [-1.0, 1.0, -1.0])

    def both(function: Quadratic, order: Array, signs: Array) -> Quadratic:
        linear = signs[:, None] * function.linear[order][:, inputs] * input_signs
        bent = signs[:, None, None] * function.bent[order][:, inputs][:, :, inputs]
        bent = bent * np.outer(input_signs, input_signs)
        constant = signs * function.constant[order]
        return Quadratic(
            0.5 * (function.constant + constant),
            0.5 * (function.linear + linear),
            0.5 * (function.bent + bent),
        )

    coordinates = np.arange(3 * len(response.points))
    return replace(
        response,
        reports=both(response.reports, outputs, signs),
        places=both(response.places, coordinates, np.tile([-1.0, 1.0, 1.0], len(response.points))),
        shift_slopes=0.5
        * (
            response.shift_slopes
            + signs[:, None] * response.shift_slopes[outputs] * np.array([-1.0, 1.0, 1.0])
        ),
    )


def readings_of(truth: Response, count: int, seed: int = 0) -> Readings:
    """Return noisy readings of the synthetic tracker."""
    random = np.random.default_rng(seed)
    signals = random.uniform(0.0, 1.0, (count, SIGNAL_COUNT))
    angles, shifts = random.normal(0.0, 0.2, (count, 3)), random.normal(0.0, 0.02, (count, 3))
    inputs = np.hstack([signals[:, truth.signals], angles])
    outputs = np.array([truth.predict(x)[0] for x in inputs]) + shifts @ truth.shift_slopes.T
    outputs += random.normal(0.0, NOISE, (count, OUTPUTS))
    points = np.array([truth.predict_points(x)[0] for x in inputs]).reshape(count, -1, 3)
    faces = np.zeros((count, 468, 3))
    faces[:, EYE_CORNERS, 0] = 0.5 * EYE_DISTANCE * np.array([-1.0, 1.0])
    faces[:, POINTS] = points[:, : len(POINTS)]
    apertures = np.array([truth.predict_apertures(x)[0] for x in inputs])
    for pairs, aperture in zip(FACING, apertures.T, strict=True):
        faces[:, pairs[:, 0], 1] = faces[:, pairs[:, 1], 1] + EYE_DISTANCE * aperture[:, None]
    return Readings(signals, angles, shifts, outputs[:, :SIGNAL_COUNT], outputs[:, SIGNAL_COUNT:], faces)


@pytest.fixture(scope="module")
def fitted(truth: Response, mapping: ScoreMapping) -> Response:
    return fit_response(readings_of(truth, 8000), mapping, POINTS)


def test_a_quadratic_response_is_recovered(truth: Response, fitted: Response) -> None:
    random = np.random.default_rng(9)
    inputs = np.hstack([random.uniform(0.0, 1.0, (50, len(MOVING))), random.normal(0.0, 0.2, (50, 3))])
    for x in inputs:
        known, found = truth.predict(x), fitted.predict(x)
        np.testing.assert_allclose(found[0], known[0], atol=0.1)
        np.testing.assert_allclose(found[1][:, : len(MOVING)], known[1][:, : len(MOVING)], atol=0.15)
        points = truth.predict_points(x)[0][: 3 * len(POINTS)]
        np.testing.assert_allclose(fitted.predict_points(x)[0], points, atol=1e-4)
        apertures = truth.predict_apertures(x)[0]
        np.testing.assert_allclose(fitted.predict_apertures(x)[0], apertures, atol=0.005)
    np.testing.assert_allclose(fitted.shift_slopes, truth.shift_slopes, atol=0.2)


def test_it_states_its_inputs_its_mapping_and_its_quality(fitted: Response, mapping: ScoreMapping) -> None:
    assert fitted.signals.tolist() == sorted(MOVING)
    assert fitted.frames == 8000
    assert fitted.mapping_key == mapping_key(mapping)
    np.testing.assert_array_equal(fitted.points, POINTS)
    np.testing.assert_allclose(fitted.angle_limits, 0.2 * 2.33, atol=0.03)
    assert fitted.r2[MOVING].min() > 0.94
    assert (fitted.r2[MOVING] > fitted.linear_r2[MOVING] + 0.015).all()
    assert fitted.r2.max() < 1.0


def test_both_sides_are_alike(fitted: Response) -> None:
    """Of a tracker with preferences for a side the mean is used, so that nobody's face becomes uneven.

    Looks are an exception: eyes should look where the person's do.
    """
    x = np.append(np.full(len(MOVING), 0.3), (0.0, 0.1, 0.0))
    scores = fitted.predict(x)[0][:SIGNAL_COUNT]
    still = ~signals_named("eyeLook")
    np.testing.assert_allclose(scores[still], scores[mirrored_indices()][still], atol=1e-9)


def test_scores_that_never_change_explain_nothing(truth: Response, mapping: ScoreMapping) -> None:
    readings = readings_of(truth, 400)
    scores = readings.scores.copy()
    scores[:, 0] = 0.0
    assert fit_response(replace(readings, scores=scores), mapping, POINTS).r2[0] == 0.0


@pytest.mark.parametrize("count", [0, 1, 35])
def test_too_few_readings_are_one_sentence(truth: Response, mapping: ScoreMapping, count: int) -> None:
    many = readings_of(truth, 36)
    fit_response(many, mapping, POINTS)
    names = ("signals", "angles", "shifts", "scores", "reported_angles", "faces")
    few = Readings(*(getattr(many, name)[:count] for name in names))
    with pytest.raises(InputError, match=f"in {count} pictures only, at least 36"):
        fit_response(few, mapping, POINTS)


def test_signals_that_are_never_sent_or_move_nothing_are_no_input(mapping: ScoreMapping) -> None:
    assert driven_signals(mapping).tolist() == sorted(MOVING)
    every = driven_signals(plain_mapping())
    assert MEDIAPIPE_INDEX["cheekPuff"] not in every
    assert MEDIAPIPE_INDEX["jawOpen"] in every

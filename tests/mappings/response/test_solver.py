"""The response solver finds signals that a synthetic tracker reports as it reported the person."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from flame_model.face.measured_face import bundled_measurement
from flame_model.rotations import matrix_from_axis_angle, yaw_pitch_roll
from mappings.frames import FaceObservation
from mappings.person.apertures import FACING, LEFT_EYE, MOUTH, apertures, eye_distance
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import PICTURE_AXES
from mappings.response.links import ANGLE_COUNT
from mappings.response.problem import LIPS_PASS
from mappings.response.response import Response, mapping_key
from mappings.response.solver import ResponseSolver
from mappings.response.weights import HYBRID, LANDMARKS, Weights
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.signal_limits import BOUNDS, SHAPE_RANGE
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT
from tests.synthetic_response import plain_mapping, synthetic_response

Array = np.ndarray
Observe = Callable[..., FaceObservation]

JAW_OPEN, CLOSE = MEDIAPIPE_INDEX["jawOpen"], MEDIAPIPE_INDEX["mouthClose"]
CERTAIN = Weights(start=0.03, mouth_start=0.03)
"""Weights for a tracker that separates all signals, so that its report leaves little open."""
FAST_S = 0.001
"""Seconds of a solve on one quiet core; in a test the core may be busy."""


@pytest.fixture(scope="module")
def mapping() -> ScoreMapping:
    return plain_mapping()


@pytest.fixture(scope="module")
def response(mapping: ScoreMapping) -> Response:
    return synthetic_response(mapping)


@pytest.fixture
def observe(make_observation: Observe) -> Observe:
    """Return a function that makes observations of scores and of a face (468, 3), the mean one by default."""

    def make(scores: Array, face: Array | None = None) -> FaceObservation:
        seen = make_observation()
        landmarks = seen.landmarks.copy()
        shown = bundled_measurement().neutral if face is None else face
        landmarks[:468] = 1800.0 * shown * PICTURE_AXES
        return replace(seen, scores=scores.astype(np.float32), landmarks=landmarks)

    return make


def face_with(wanted: Array) -> Array:
    """Return the mean face (468, 3) with these apertures (3,), its mouth and eyes open downwards."""
    face = bundled_measurement().neutral.copy()
    for pairs, aperture in zip(FACING, wanted, strict=True):
        face[pairs[:, 1]] = face[pairs[:, 0]] - [0.0, aperture * eye_distance(face), 0.0]
    return face


def resting_face(response: Response) -> Array:
    """Return the mean face with the apertures that the tracker reports on the head at rest."""
    at_rest = np.zeros(response.signal_count + ANGLE_COUNT)
    return face_with(response.predict(at_rest)[0].apertures)


def scene_pose(angles: Array | tuple[float, ...] = (0.0, 0.0, 0.0), shift: Array | float = 0.0) -> Array:
    """Return a transform (4, 4) of yaw, pitch and roll in radians."""
    yaw, pitch, roll = matrix_from_axis_angle(np.eye(3)[[1, 0, 2]] * np.asarray(angles)[:, None])
    T = np.eye(4)
    T[:3, :3], T[:3, 3] = yaw @ pitch @ roll, shift
    return T


def driving(response: Response, seed: int) -> Array:
    """Return signals (52,) of a face: a few of them strong, those outside the response 0."""
    random = np.random.default_rng(seed)
    signals = np.zeros(SIGNAL_COUNT)
    chosen = random.choice(response.signals, 8, replace=False)
    signals[chosen] = random.uniform(0.2, 0.9, 8)
    signals[JAW_OPEN] = max(signals[JAW_OPEN], signals[CLOSE])  # Lips shut what the jaw has parted.
    return signals


def opened(response: Response, signals: Array, turn: Array) -> Array:
    """Return the face (468, 3) that the synthetic tracker reports."""
    x = np.append(signals[response.signals], yaw_pitch_roll(turn))
    return face_with(response.predict(x)[0].apertures)


def reported(response: Response, signals: Array, turn: Array, shift: Array | float = 0.0) -> Array:
    """Return the scores and angles (55,) that the synthetic tracker reports."""
    x = np.append(signals[response.signals], yaw_pitch_roll(turn))
    return response.predict(x, np.broadcast_to(shift, 3))[0].report


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("shift", [0.0, 0.03])
def test_what_was_reported_is_reported_again(
    mapping: ScoreMapping, response: Response, observe: Observe, seed: int, shift: float
) -> None:
    turn = scene_pose(np.random.default_rng(seed).uniform(-0.15, 0.15, 3))[:3, :3]
    signals = driving(response, seed)
    wanted = reported(response, signals, turn, shift)
    seen = observe(wanted[:SIGNAL_COUNT], opened(response, signals, turn))
    solved = ResponseSolver(mapping, response, CERTAIN).solve(
        seen, scene_pose(wanted[SIGNAL_COUNT:], shift), None
    )
    found = reported(response, solved.coefficients.expression, solved.rotation, shift)
    first = reported(response, seen.scores, scene_pose(wanted[SIGNAL_COUNT:])[:3, :3], shift)
    left, before = np.abs(found - wanted), np.abs(first - wanted)
    assert left[:SIGNAL_COUNT].mean() < 0.2 * before[:SIGNAL_COUNT].mean()
    assert left[:SIGNAL_COUNT].mean() < 0.006
    assert left[SIGNAL_COUNT:].max() < np.radians(0.5)


def test_no_signal_leaves_its_bounds(mapping: ScoreMapping, response: Response, observe: Observe) -> None:
    solver = ResponseSolver(mapping, response)
    random = np.random.default_rng(0)
    for _ in range(20):
        scores = random.choice([0.0, 1.0], SIGNAL_COUNT)
        signals = solver.solve(observe(scores), scene_pose(), None).coefficients.expression[response.signals]
        assert signals.min() >= BOUNDS[0] - 1e-6
        assert signals.max() <= BOUNDS[1] + 1e-6


def test_a_shape_that_a_signal_moves_further_stays_within_its_range(
    response: Response, observe: Observe
) -> None:
    """A signal that moves its shape twice as far as shapes go ends at 0.5."""
    plain = plain_mapping()
    matrix = plain.matrix.copy()
    matrix[JAW_OPEN] *= 2.0 * SHAPE_RANGE
    strong = replace(plain, matrix=matrix)
    solver = ResponseSolver(strong, replace(response, mapping_key=mapping_key(strong)))
    scores = typical_rest().copy()
    scores[JAW_OPEN] = 1.0
    solved = solver.solve(observe(scores), scene_pose(), None)
    assert solved.coefficients.expression[JAW_OPEN] == pytest.approx(SHAPE_RANGE)


def test_a_lid_never_opens_beyond_open() -> None:
    mapping = ScoreMapping.default()
    solver = ResponseSolver(mapping, synthetic_response(mapping))
    blink = MEDIAPIPE_INDEX["eyeBlinkLeft"]
    for score in (0.0, 1.0):
        scores = np.where(np.arange(SIGNAL_COUNT) == blink, score, typical_rest())
        signals = solver.signals_for(scores, np.eye(3), np.zeros(3))
        closed = signals @ mapping.matrix[:, -2] + mapping.intercept[-2]
        assert closed >= -1e-6
        assert signals[blink] <= 1.0


def test_signals_outside_the_response_pass_through(
    mapping: ScoreMapping, response: Response, observe: Observe
) -> None:
    puff = MEDIAPIPE_INDEX["cheekPuff"]
    assert puff not in response.signals
    scores = np.where(np.arange(SIGNAL_COUNT) == puff, 0.4, typical_rest())
    solved = ResponseSolver(mapping, response).solve(observe(scores), scene_pose(), None)
    assert solved.coefficients.expression[puff] == pytest.approx(0.4)


def test_beyond_the_angles_that_were_measured_the_turn_goes_on_alike(
    mapping: ScoreMapping, response: Response, observe: Observe
) -> None:
    solver, seen = ResponseSolver(mapping, response), observe(typical_rest())
    limit, further = response.angle_limits[0], response.angle_limits[0] + 0.3
    at_limit = solver.solve(seen, scene_pose((limit, 0.0, 0.0)), None)
    beyond = solver.solve(seen, scene_pose((further, 0.0, 0.0)), None)
    np.testing.assert_allclose(beyond.coefficients.expression, at_limit.coefficients.expression, atol=1e-6)
    turned = np.subtract(yaw_pitch_roll(beyond.rotation), yaw_pitch_roll(at_limit.rotation))
    np.testing.assert_allclose(turned, (0.3, 0.0, 0.0), atol=1e-6)


def test_landmarks_weigh_in(mapping: ScoreMapping, response: Response, observe: Observe) -> None:
    """A face that moved as jawOpen moves it opens the jaw, though the scores say that it is at rest."""
    input_index = int(np.flatnonzero(response.signals == JAW_OPEN)[0])
    moved = np.zeros((468, 3))
    slopes = response.predict(np.zeros(response.signal_count + ANGLE_COUNT))[1].points
    step = 0.5 * slopes[:, input_index]
    moved[response.points] = 4.0 * step.reshape(-1, 3)
    neutral = bundled_measurement().neutral
    jaws = {}
    at_rest, parted = observe(typical_rest()), observe(typical_rest(), neutral + moved)
    for name, weights in (("hybrid", HYBRID), ("landmarks", LANDMARKS)):
        solver = ResponseSolver(mapping, response, weights)
        still, opened, unknown, rest = (
            solver.solve(seen, scene_pose(), face).coefficients.expression
            for seen, face in ((at_rest, neutral), (parted, neutral), (parted, None), (at_rest, None))
        )
        jaws[name] = opened[JAW_OPEN] - still[JAW_OPEN]
        np.testing.assert_array_equal(unknown, rest, "without a neutral face landmarks are not used")
    assert jaws["hybrid"] > 0.1
    assert jaws["landmarks"] > jaws["hybrid"]


def test_a_calibrated_person_at_rest_leaves_the_head_at_its_own_rest(
    mapping: ScoreMapping, response: Response, observe: Observe
) -> None:
    solver = ResponseSolver(mapping, response)
    neutral = resting_face(response)
    seen = observe(typical_rest(), neutral)
    looking = [index for name, index in MEDIAPIPE_INDEX.items() if name.startswith("eyeLook")]
    known, unknown = (
        np.abs(np.delete(each.solve(seen, scene_pose(), neutral).coefficients.expression, looking))
        for each in (solver.calibrated(np.eye(3)), solver)
    )
    assert known.max() < 0.05
    assert unknown.max() > 0.1


def test_lips_are_not_pushed_through_each_other(mapping: ScoreMapping, response: Response) -> None:
    """Without an open jaw mouthClose shuts the lips only a little, and no lip goes far below its rest."""
    solver = ResponseSolver(mapping, response)

    def solved(**scores: float) -> Array:
        wanted = typical_rest().copy()
        wanted[[MEDIAPIPE_INDEX[name] for name in scores]] = list(scores.values())
        return solver.signals_for(wanted, np.eye(3), np.zeros(3))

    alone, along = solved(mouthClose=0.8), solved(mouthClose=0.5, jawOpen=0.5)
    assert alone[CLOSE] - alone[JAW_OPEN] < LIPS_PASS + 0.1
    assert along[CLOSE] > 0.55, "lips that a jaw parted are shut freely"
    lowered = solved(mouthUpperUpRight=-1.0)[MEDIAPIPE_INDEX["mouthUpperUpRight"]]
    assert lowered == pytest.approx(BOUNDS[0])


def test_a_solve_takes_a_millisecond(mapping: ScoreMapping, response: Response, observe: Observe) -> None:
    solver, seen, neutral = ResponseSolver(mapping, response), observe(typical_rest()), bundled_measurement()
    times = []
    for _ in range(40):
        start = time.perf_counter()
        solver.solve(seen, scene_pose((0.1, 0.1, 0.0)), neutral.neutral)
        times.append(time.perf_counter() - start)
    assert min(times) < 4.0 * FAST_S


@pytest.mark.parametrize("calibrated", [False, True])
def test_contact_is_absolute(
    mapping: ScoreMapping, response: Response, observe: Observe, calibrated: bool
) -> None:
    """A mouth is as far open as the person's, whatever counts as their rest and though the scores differ."""
    solver = ResponseSolver(mapping, response)
    used = solver.calibrated(np.eye(3)) if calibrated else solver
    neutral = resting_face(response)
    for wanted in (0.1, 0.2, 0.3):
        parted = face_with(np.append(wanted, apertures(neutral)[LEFT_EYE:]))
        seen = observe(typical_rest(), parted)
        for rest in (neutral, parted):
            signals = used.solve(seen, scene_pose(), rest).coefficients.expression[response.signals]
            shown = response.predict(np.append(signals, np.zeros(3)))[0].apertures[MOUTH]
            assert shown == pytest.approx(wanted, abs=0.03)


def test_the_rest_of_a_calibrated_persons_eyes_is_the_heads(
    mapping: ScoreMapping, response: Response, observe: Observe
) -> None:
    """Narrow eyes at rest leave the head's as open as they are at its rest; shut ones shut them."""
    solver = ResponseSolver(mapping, response).calibrated(np.eye(3))
    at_rest = apertures(resting_face(response))
    narrow, shut = (face_with(at_rest * (1.0, opening, opening)) for opening in (0.6, 0.1))

    def shown(face: Array, rest: Array) -> Array:
        solved = solver.solve(observe(typical_rest(), face), scene_pose(), rest)
        signals = solved.coefficients.expression[response.signals]
        return response.predict(np.append(signals, np.zeros(3)))[0].apertures[LEFT_EYE:]

    np.testing.assert_allclose(shown(narrow, narrow), at_rest[LEFT_EYE:], atol=0.004)
    assert (shown(shut, narrow) < 0.5 * at_rest[LEFT_EYE:]).all()

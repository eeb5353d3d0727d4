"""Frames that fit no neighbours hardly move the head, true movements pass, and lasting doubt means rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from flame_model.face.topology import STILL_POINTS
from flame_model.params import HeadParams, rest_params
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation
from mappings.motion.driver import Driver
from mappings.motion.trust import HELD_S, RELAXED_S, Trust
from mappings.scores.layout import Layout
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver

FPS = 30
KNOWN = 30
"""Frames after which a face is known."""
SPOILT_MM = 6.0
PIXELS_PER_MM = 1.8
"""Scale of the faces of `make_observation`."""


@pytest.fixture
def face(make_observation) -> FaceObservation:
    return make_observation()


def spoilt(face: FaceObservation, seed: int = 0, misfit_mm: float = SPOILT_MM) -> FaceObservation:
    """Return a face elsewhere whose still points are misplaced, each in a direction of its own."""
    random = np.random.default_rng(seed)
    directions = random.normal(size=(len(STILL_POINTS), 3))
    directions /= np.linalg.norm(directions, axis=1)[:, None]
    landmarks = face.landmarks + np.float32([20.0, 5.0, 0.0])
    landmarks[list(STILL_POINTS)] += misfit_mm * PIXELS_PER_MM * directions
    return replace(face, landmarks=landmarks, scores=1.0 - face.scores)


def followed(trust: Trust, seen: Sequence[FaceObservation], first: int = 0) -> list[FaceObservation]:
    """Return what is held of successive frames, the first of which has the number `first`."""
    return [trust.held(each, frame / FPS) for frame, each in enumerate(seen, start=first)]


def knowing(face: FaceObservation) -> Trust:
    """Return the trust after KNOWN frames of a face."""
    trust = Trust()
    followed(trust, [face] * KNOWN)
    return trust


def passed(held: FaceObservation, face: FaceObservation, seen: FaceObservation) -> float:
    """Return the share of what is new that was passed."""
    return float(np.abs(held.scores - face.scores).mean() / np.abs(seen.scores - face.scores).mean())


def speaking(params: HeadParams) -> HeadParams:
    """Return parameters of a face that is not at rest, in some pose."""
    count = len(params.expression)
    return replace(
        params,
        expression=np.ones(count),
        jaw=np.array([0.2, 0.0, 0.0]),
        eyes=np.full((2, 3), 0.1),
        eyelids=np.ones(2),
        neck=np.array([0.0, 0.3, 0.0]),
        translation=np.array([0.0, 0.1, 0.0]),
    )


@pytest.mark.parametrize(("count", "most"), [(1, 0.04), (2, 0.15), (3, 0.36)])
def test_single_spoilt_frames_hardly_move_the_head(face: FaceObservation, count: int, most: float) -> None:
    trust = knowing(face)
    seen = [spoilt(face, seed) for seed in range(count)]
    held = followed(trust, seen, KNOWN)
    assert passed(held[-1], face, seen[-1]) < most
    moved, seen_moved = (np.abs(each.landmarks - face.landmarks).max() for each in (held[0], seen[0]))
    assert moved < 0.04 * seen_moved
    np.testing.assert_allclose(held[0].T_camera_face, face.T_camera_face, atol=1e-6)


def test_the_motion_of_a_spoilt_frame_is_not_known(face: FaceObservation) -> None:
    trust, moved = knowing(face), np.zeros(6, np.float32)
    assert trust.held(replace(spoilt(face), moved=moved), KNOWN / FPS).moved is None
    assert trust.held(replace(face, moved=moved), (KNOWN + 1) / FPS).moved is moved


def test_the_frame_after_a_spoilt_one_passes_whole(face: FaceObservation) -> None:
    trust = knowing(face)
    trust.held(spoilt(face), KNOWN / FPS)
    after = replace(face, scores=0.5 * face.scores)
    np.testing.assert_allclose(trust.held(after, (KNOWN + 1) / FPS).scores, after.scores, atol=1e-3)


def test_true_movements_pass_whole(make_observation) -> None:
    """Any expression, and quick turns, of a face whose still points keep their shape."""
    trust = knowing(make_observation())
    for frame in range(20):
        T = np.eye(4)
        T[:3, :3] = matrix_from_axis_angle([0.2 * np.sin(frame), 0.7 * np.cos(frame), 0.1])
        T[:3, 3] = (0.01 * frame, 0.0, -0.4)
        seen = make_observation(seed=frame, T_camera_face=T)
        held = trust.held(seen, (KNOWN + frame) / FPS)
        np.testing.assert_allclose(held.landmarks, seen.landmarks, atol=0.01)
        np.testing.assert_allclose(held.scores, seen.scores, atol=1e-4)


def test_a_quick_turn_may_change_the_shape(face: FaceObservation, make_observation) -> None:
    """The shape that the tracker reports of a face turned by 60 degrees is 5 mm from that of one ahead."""
    shares = []
    for degrees in (0.0, 60.0):
        trust, T = knowing(face), np.eye(4)
        T[:3, :3] = matrix_from_axis_angle(np.radians([0.0, degrees, 0.0]))
        T[:3, 3] = face.T_camera_face[:3, 3]
        seen = spoilt(make_observation(T_camera_face=T), misfit_mm=5.0)
        shares.append(passed(trust.held(seen, KNOWN / FPS), face, seen))
    assert shares[0] < 0.04
    assert shares[1] > 0.95


@pytest.mark.parametrize(("misfit_mm", "least"), [(1.0, 0.999), (2.0, 0.97)])
def test_the_wobble_of_a_good_view_passes(face: FaceObservation, misfit_mm: float, least: float) -> None:
    """In 99 % of the frames of good clips the still points are within 2.1 mm of their recent shape."""
    trust = knowing(face)
    seen = spoilt(face, misfit_mm=misfit_mm)
    assert passed(trust.held(seen, KNOWN / FPS), face, seen) > least


def test_where_doubt_lasts_the_head_follows_and_the_face_comes_to_rest(face: FaceObservation) -> None:
    trust, params = knowing(face), speaking(rest_params(4))
    seen = [spoilt(face, seed) for seed in range(round(1.2 * RELAXED_S * FPS))]
    shown = []
    for frame, each in enumerate(seen, start=KNOWN):
        held = trust.held(each, frame / FPS)
        shown.append(trust.relaxed(params))
        if frame >= KNOWN + HELD_S * FPS:
            np.testing.assert_allclose(held.landmarks, each.landmarks, atol=0.05)
    strengths = np.array([each.expression[0] for each in shown])
    assert shown[round(HELD_S * FPS) - 1] is params
    assert (np.diff(strengths) <= 0.0).all()
    assert np.abs(np.diff(strengths)).max() < 0.15
    last = shown[-1]
    for part in (last.expression, last.jaw, last.eyes, last.eyelids):
        assert not np.any(part)
    for name in ("neck", "rotation", "translation"):
        np.testing.assert_array_equal(getattr(last, name), getattr(params, name))


def test_a_face_that_is_believed_again_leaves_its_rest_gradually(face: FaceObservation) -> None:
    trust, params = knowing(face), speaking(rest_params(4))
    followed(trust, [spoilt(face, seed) for seed in range(40)], KNOWN)
    strengths = []
    for frame in range(45):
        trust.held(face, (KNOWN + 40 + frame) / FPS)
        strengths.append(trust.relaxed(params).expression[0])
    assert strengths[0] < 0.1
    assert np.diff(strengths).max() < 0.15
    assert strengths[-1] == 1.0


def test_a_view_that_lasts_is_believed_in_the_end(face: FaceObservation) -> None:
    trust, params = knowing(face), speaking(rest_params(4))
    followed(trust, [spoilt(face)] * 90, KNOWN)
    assert trust.relaxed(params) is params


def test_the_usual_view_passes_at_once_after_another_one(face: FaceObservation) -> None:
    trust = knowing(face)
    other = spoilt(face)
    followed(trust, [other] * 60, KNOWN)
    held = trust.held(face, (KNOWN + 60) / FPS)
    assert passed(held, other, face) > 0.95


@pytest.mark.parametrize("case", ["reset", "size", "clock"])
def test_what_begins_afresh_passes_as_it_is(face: FaceObservation, case: str) -> None:
    trust, seen, time_s = knowing(face), spoilt(face), KNOWN / FPS
    if case == "reset":
        trust.reset()
    elif case == "size":
        seen = replace(seen, image_size=(1280, 720))
    else:
        time_s = 0.5
    assert trust.held(seen, time_s) is seen


def test_a_face_that_was_just_found_is_followed_whatever_it_shows(face: FaceObservation) -> None:
    trust = Trust()
    for frame, seen in enumerate([spoilt(face, 1), face, face]):
        held = trust.held(seen, frame / FPS)
    np.testing.assert_allclose(held.scores, face.scores, atol=1e-3)


def test_without_a_limit_it_is_exactly_off(face: FaceObservation) -> None:
    trust, params = Trust(np.inf), speaking(rest_params(4))
    for frame, seen in enumerate([face, *(spoilt(face, seed) for seed in range(40))]):
        assert trust.held(seen, frame / FPS) is seen
        assert trust.relaxed(params) is params


def test_a_driver_with_trust_shows_less_of_a_spoilt_frame(face: FaceObservation) -> None:
    layout = Layout(4)
    matrix = np.random.default_rng(2).normal(size=(52, layout.width))
    solver = ScoreSolver(ScoreMapping("clay", matrix, np.zeros(layout.width)))
    joints = np.zeros((5, 3))
    moved = []
    for trust in (Trust(), None):
        driver = Driver(solver, joints, trust=trust)
        before = [driver.follow(face, frame / FPS) for frame in range(KNOWN)][-1]
        after = driver.follow(spoilt(face), KNOWN / FPS)
        moved.append(np.linalg.norm(after.expression - before.expression))
    assert moved[0] < 0.04 * moved[1]

"""Smoothing keeps an observed face still at rest and never late, each region by itself, or is off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.face import topology as t
from mappings.frames import FaceObservation
from mappings.motion.face_regions import face_regions
from mappings.motion.smoothing import DEFAULT_SMOOTHING, NOISE, Smoothing
from mappings.person.apertures import LEFT_EYE, apertures, eye_distance
from mappings.signals import MEDIAPIPE_INDEX

FPS = 30
REGIONS = face_regions()
LEFT, RIGHT, BROWS, MOUTH = (
    int(REGIONS.of_landmark[point])
    for point in (t.LEFT_UPPER_LID[1], t.RIGHT_UPPER_LID[1], t.LEFT_BROW[0], t.LIPS[0])
)
JAW_OPEN, BLINK = MEDIAPIPE_INDEX["jawOpen"], MEDIAPIPE_INDEX["eyeBlinkLeft"]


@pytest.fixture
def face(make_observation) -> FaceObservation:
    return make_observation()


def size_of(face: FaceObservation) -> float:
    """Return the eye distance in pixels."""
    return eye_distance(face.landmarks[: t.FACE_POINT_COUNT])


def noisy(face: FaceObservation, seed: int, strength: float = 1.0) -> FaceObservation:
    """Return the face with the noise that `NOISE` states, times `strength`, and noise of the scores."""
    random = np.random.default_rng(seed)
    root_mean_square = strength * NOISE[REGIONS.of_landmark] * size_of(face)
    landmarks = face.landmarks.astype(np.float64)
    landmarks[:, :2] += random.normal(0.0, np.sqrt(0.5), (478, 2)) * root_mean_square[:, None]
    return replace(face, landmarks=landmarks, scores=face.scores + random.normal(0.0, 0.01, 52))


def lowered(face: FaceObservation, region: int, distance: float) -> FaceObservation:
    """Return the face with all landmarks of a region lowered by a distance in eye distances."""
    landmarks = face.landmarks.astype(np.float64)
    landmarks[REGIONS.of_landmark == region, 1] += distance * size_of(face)
    return replace(face, landmarks=landmarks)


def followed(smoothing: Smoothing, seen: Sequence[FaceObservation]) -> list[FaceObservation]:
    """Return the smoothed observations of successive frames."""
    return [smoothing.smooth(each, frame / FPS) for frame, each in enumerate(seen)]


def jitter(shown: Sequence[FaceObservation], region: int | None = None) -> float:
    """Return the mean distance in pixels by which landmarks go from frame to frame."""
    rows = np.array([each.landmarks for each in shown])
    if region is not None:
        rows = rows[:, REGIONS.of_landmark == region]
    return float(np.linalg.norm(np.diff(rows[:, :, :2], axis=0), axis=2).mean())


def test_at_zero_it_is_exactly_off(face: FaceObservation) -> None:
    smoothing = Smoothing(0.0)
    for seen in (noisy(face, seed) for seed in range(5)):
        assert smoothing.smooth(seen, 0.1) is seen


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_other_strengths_are_refused(strength: float) -> None:
    with pytest.raises(InputError, match=f"from 0 .* to 1, received {strength}"):
        Smoothing(strength)


def test_more_strength_means_less_jitter(face: FaceObservation) -> None:
    noise = [noisy(face, seed) for seed in range(60)]
    sizes = [jitter(followed(Smoothing(s), noise)) for s in (0.0, 0.1, DEFAULT_SMOOTHING, 0.7, 1.0)]
    assert (np.diff(sizes) < 0.0).all()


@pytest.mark.parametrize("scale", [0.5, 1.0, 4.0])
def test_noise_of_a_face_at_rest_is_a_twentieth(face: FaceObservation, scale: float) -> None:
    """In every region, in landmarks and scores, whatever the size of the face in the picture."""
    noise = [noisy(replace(face, landmarks=scale * face.landmarks), seed) for seed in range(90)]
    shown = followed(Smoothing(), noise)
    for region in range(len(NOISE)):
        assert jitter(shown, region) < 0.05 * jitter(noise, region)
    scores, noisy_scores = (np.array([each.scores for each in some]) for some in (shown, noise))
    assert np.abs(np.diff(scores, axis=0)).mean() < 0.05 * np.abs(np.diff(noisy_scores, axis=0)).mean()


@pytest.mark.parametrize("region", range(len(NOISE)))
def test_a_movement_passes_in_the_frame_in_which_it_begins(face: FaceObservation, region: int) -> None:
    smoothing = Smoothing()
    followed(smoothing, [noisy(face, seed) for seed in range(30)])
    moved = lowered(face, region, 0.1)
    if region == REGIONS.upper_face:
        moved = replace(face, landmarks=face.landmarks + np.array([0.0, 0.1 * size_of(face), 0.0]))
    shown = smoothing.smooth(replace(moved, scores=1.0 - face.scores), 1.0)
    left = np.linalg.norm(shown.landmarks - moved.landmarks, axis=1)[REGIONS.of_landmark == region]
    assert left.max() < 0.001 * 0.1 * size_of(face)
    of_region = REGIONS.of_score == region
    np.testing.assert_allclose(shown.scores[of_region], 1.0 - face.scores[of_region], atol=0.001)


def test_the_faces_place_moves_with_the_upper_face(face: FaceObservation) -> None:
    pose = face.T_camera_face.copy()
    pose[:3, 3] += (0.02, 0.0, 0.0)
    aside = face.landmarks + np.float32([0.2 * size_of(face), 0.0, 0.0])
    shares = []
    for landmarks in (face.landmarks, aside):
        smoothing = Smoothing()
        smoothing.smooth(face, 0.0)
        shown = smoothing.smooth(replace(face, landmarks=landmarks, T_camera_face=pose), 1 / FPS)
        np.testing.assert_array_equal(shown.T_camera_face[:3, :3], pose[:3, :3])
        shares.append((shown.T_camera_face[0, 3] - face.T_camera_face[0, 3]) / 0.02)
    assert shares[0] < 0.01
    assert shares[1] > 0.999


def test_a_blink_leaves_the_noise_of_the_other_regions_out(face: FaceObservation) -> None:
    depths = 0.1 * np.sin(np.linspace(0.0, np.pi, 30)) ** 2
    seen = [lowered(noisy(face, seed), LEFT, depth) for seed, depth in enumerate(depths)]
    shown = followed(Smoothing(), seen)
    assert jitter(shown, LEFT) > 0.5 * jitter(seen, LEFT)
    for region in (RIGHT, BROWS, MOUTH):
        assert jitter(shown, region) < 0.05 * jitter(seen, region)


def test_the_least_strength_passes_everything(face: FaceObservation) -> None:
    smoothing = Smoothing(1e-200)
    smoothing.smooth(face, 0.0)
    moved = replace(face, landmarks=face.landmarks + np.float32([5.0, 0.0, 0.0]))
    np.testing.assert_allclose(smoothing.smooth(moved, 1 / FPS).landmarks, moved.landmarks, atol=1e-3)


def test_the_upper_face_stays_in_step_with_any_movement(face: FaceObservation) -> None:
    """What a blink does to the tracker's turn is seen in the frame in which the lids are."""
    smoothing = Smoothing()
    smoothing.smooth(face, 0.0)
    aside = face.landmarks.copy()
    aside[REGIONS.of_landmark == REGIONS.upper_face] += np.float32([0.001 * size_of(face), 0.0, 0.0])
    leaking = lowered(replace(face, landmarks=aside), LEFT, 0.1)
    shown = smoothing.smooth(leaking, 1 / FPS)
    upper = REGIONS.of_landmark == REGIONS.upper_face
    np.testing.assert_allclose(
        shown.landmarks[upper], leaking.landmarks[upper], atol=1e-3 * size_of(face) * 0.05
    )


def test_a_blink_keeps_its_depth(face: FaceObservation) -> None:
    """Lids that shut and open within a fifth of a second, with noise."""
    closures = np.array([0, 0, 0, 0, 0.3, 0.8, 1.0, 0.8, 0.4, 0.1, 0, 0, 0])
    upper = list(t.LEFT_UPPER_LID[1:-1])
    seen = []
    for seed, closure in enumerate(closures):
        shut = noisy(face, seed)
        lower = face.landmarks[list(t.LEFT_LOWER_LID[1:-1])]
        shut.landmarks[upper] += closure * (lower - face.landmarks[upper])
        shut.scores[BLINK] = closure
        seen.append(shut)
    shown = followed(Smoothing(), seen)
    opened, wanted = (
        np.array([apertures(each.landmarks[: t.FACE_POINT_COUNT])[LEFT_EYE] for each in some])
        for some in (shown, seen)
    )
    scores = [each.scores[BLINK] for each in shown]
    assert opened.min() == pytest.approx(wanted.min(), abs=0.002)
    assert np.corrcoef(opened, wanted)[0, 1] > 0.995
    assert max(scores) > 0.99
    assert np.corrcoef(scores, closures)[0, 1] > 0.995


def test_a_smile_is_at_most_2_ms_late_by_default(face: FaceObservation) -> None:
    """A mouth that goes there and back in half a second, as lips do when they speak."""
    times = np.arange(60) / FPS
    wave = 0.3 - 0.3 * np.cos(2 * np.pi * 2 * times)
    scores = np.tile(face.scores, (len(wave), 1))
    scores[:, JAW_OPEN] = wave
    seen = [replace(lowered(face, MOUTH, 0.1 * v), scores=s) for v, s in zip(wave, scores, strict=True)]
    smooth = np.array([each.scores[JAW_OPEN] for each in followed(Smoothing(), seen)])
    turn = np.exp(2j * np.pi * 2 * times[15:])
    late_s = np.angle(np.vdot(turn, wave[15:]) / np.vdot(turn, smooth[15:])) / (2 * np.pi * 2)
    assert 0.0 < late_s < 0.002


@pytest.mark.parametrize("per_frame", [0.1, 0.5, 1.0, 2.0, 4.0])
def test_a_slow_steady_movement_comes_out_without_steps(face: FaceObservation, per_frame: float) -> None:
    """A mouth that opens by a multiple of the noise in each frame is soon followed by as much in each."""
    step = per_frame * NOISE[MOUTH]
    shown = followed(Smoothing(), [lowered(face, MOUTH, step * frame) for frame in range(150)])
    steps = np.diff([each.landmarks[t.LIPS[0], 1] for each in shown]) / (step * size_of(face))
    np.testing.assert_allclose(steps[90:], 1.0, atol=0.01)


def test_at_full_strength_the_head_all_but_stands_still(face: FaceObservation) -> None:
    smoothing = Smoothing(1.0)
    smoothing.smooth(face, 0.0)
    moved = lowered(face, MOUTH, 0.1)
    shown = smoothing.smooth(moved, 1 / FPS)
    assert np.abs(shown.landmarks - face.landmarks).max() < 0.01 * 0.1 * size_of(face)


def test_noise_of_the_motion_waits_and_a_motion_passes_whole(face: FaceObservation) -> None:
    rng = np.random.default_rng(5)
    noise = rng.normal(0.0, 1e-4, (90, 6)).astype(np.float32)
    turning = np.zeros((10, 6), np.float32)
    turning[:, 1] = np.radians(1.0)
    seen = [replace(face, moved=moved) for moved in (*noise, *turning)]
    shown = np.array([each.moved for each in followed(Smoothing(), seen)[1:]])
    still, moving = shown[:89], shown[89:]
    assert np.abs(still).mean() < 0.1 * np.abs(noise).mean()
    np.testing.assert_allclose(moving[:, 1], turning[:, 1], rtol=0.05)
    np.testing.assert_allclose(shown.sum(axis=0), np.vstack([noise[1:], turning]).sum(axis=0), atol=2e-3)


def test_what_begins_afresh_passes_as_it_is(face: FaceObservation) -> None:
    """After a reset, with a picture of another size, and with a clock that stands still or falls back."""
    other = noisy(face, 1)
    for case, time_s in (("still", 1.0), ("back", 0.5), ("size", 1.1), ("reset", 1.1), ("on", 1.1)):
        smoothing = Smoothing(1.0)
        smoothing.smooth(face, 1.0)
        if case == "reset":
            smoothing.reset()
        seen = replace(other, image_size=(1280, 720)) if case == "size" else other
        shown = smoothing.smooth(seen, time_s)
        assert (shown is seen) == (case != "on"), case

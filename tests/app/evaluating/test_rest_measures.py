"""Jitter and bias are measured on people who hold still, and on those who never do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from app.evaluating.driving import Variant
from app.evaluating.face_points import LIPS, SPEAKING, FacePoints
from app.evaluating.observed_clips import ObservedClip
from app.evaluating.rest_frames import calm_frames
from app.evaluating.rest_measures import neutral_bias, rest_jitter
from app.evaluating.still_person import FRAMES, SETTLED
from app.model.animated_head import AnimatedHead
from mappings.frames import FaceObservation
from mappings.signals import MEDIAPIPE_INDEX


def test_rest_jitter_is_that_of_trembling_scores_once_settled(
    demo_clip: ObservedClip, animated: AnimatedHead
) -> None:
    points = FacePoints.of(animated.head)
    still = Variant("scores", animated, 0.0)
    calm = demo_clip.driving[20]

    def trembling(size: float) -> ObservedClip:
        jaw = np.eye(52)[MEDIAPIPE_INDEX["jawOpen"]]
        read = [replace(calm, scores=calm.scores + size * (k % 2) * jaw) for k in range(FRAMES)]
        restless = [*demo_clip.driving[:SETTLED], *read[SETTLED:]]
        return replace(demo_clip, still=tuple(restless))

    calmer, wilder = (rest_jitter(trembling(size), still, points) for size in (0.01, 0.02))
    assert rest_jitter(trembling(0.0), still, points) == 0.0, "what comes before is left out"
    assert wilder == pytest.approx(2.0 * calmer, rel=0.1)
    assert rest_jitter(trembling(0.01), Variant("scores", animated), points) < 0.6 * calmer
    assert np.isnan(rest_jitter(demo_clip, still, points)), "a take has no pictures to show again"


@pytest.fixture
def bias(demo_clip: ObservedClip, animated: AnimatedHead) -> Callable[..., float]:
    """Return a function that measures the bias of a person who shows given faces alone."""
    points = FacePoints.of(animated.head)

    def bias_of(*faces: FaceObservation) -> float:
        clip = replace(demo_clip, driving=faces, times=np.arange(len(faces)) / 30.0)
        return neutral_bias(clip, Variant("scores", animated), points)

    return bias_of


@pytest.fixture
def calmest(demo_clip: ObservedClip) -> FaceObservation:
    return demo_clip.driving[calm_frames(demo_clip.driving)[0]]


def with_score(face: FaceObservation, name: str, more: float) -> FaceObservation:
    return replace(face, scores=face.scores + np.float32(more) * np.eye(52)[MEDIAPIPE_INDEX[name]])


def test_any_face_can_be_a_persons_neutral(bias: Callable, calmest: FaceObservation) -> None:
    ajar = with_score(calmest, "jawOpen", 0.1)
    assert bias(ajar) == pytest.approx(bias(calmest), abs=0.01)
    assert bias(calmest, *[ajar] * 19) > bias(calmest) + 0.05, "the same face with other scores is biased"
    talking = replace(ajar, landmarks=ajar.landmarks.copy())
    talking.landmarks[SPEAKING[LIPS], 1] += 20.0
    assert bias(calmest, *[talking] * 19) == bias(calmest), "what the person does themselves is none"


def test_who_never_rests_has_no_bias(bias: Callable, calmest: FaceObservation) -> None:
    assert np.isnan(bias(with_score(calmest, "mouthSmileLeft", 0.9)))

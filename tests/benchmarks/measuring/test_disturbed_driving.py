"""Pictures are spoilt in the events alone, and the measure sees what trust does and does not change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.evaluating.driving import Variant
from app.model.animated_head import AnimatedHead
from benchmarks.bad_frames import tables
from benchmarks.measuring.disturbed_driving import (
    Control,
    Moved,
    control,
    differences,
    disturbed,
    measure_clip,
    motion,
)
from benchmarks.measuring.disturbed_pictures import DISTURBANCES, FIRST
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import LIPS
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation, Frame
from mappings.motion.trust import Trust
from mappings.person.typical_rest import typical_rest

SIZE = (640, 480)


@pytest.fixture(scope="module")
def variant() -> Variant:
    return Variant("scores", AnimatedHead.load("builtin", solver="scores"))


@pytest.fixture
def face() -> FaceObservation:
    """Return the mean face at rest, in the middle of its picture."""
    landmarks = np.zeros((478, 3), np.float32)
    landmarks[:468] = 1800.0 * bundled_measurement().neutral * (1.0, -1.0, -1.0) + (320.0, 240.0, 0.0)
    pose = np.eye(4, dtype=np.float32)
    pose[2, 3] = -0.4
    return FaceObservation(0.0, typical_rest().astype(np.float32), landmarks, pose, SIZE)


@pytest.fixture
def picture() -> np.ndarray:
    """Return a picture of fine stripes."""
    stripes = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    stripes[::4, ::4] = 255
    return stripes


def test_events_begin_every_period_and_last_as_long_as_they_should() -> None:
    disturbance = replace(DISTURBANCES["blur aslant"], lengths=(1, 3), period=10)
    shares = [disturbance.share(index) for index in range(FIRST + 25)]
    spoilt = [index - FIRST for index, share in enumerate(shares) if share is not None]
    assert spoilt == [0, 10, 11, 12, 20]
    assert [shares[FIRST + index] for index in (0, 10, 11, 12)] == pytest.approx([0.0, -2 / 3, 0.0, 2 / 3])
    assert disturbance.events(FIRST + 25) == [slice(FIRST + i, FIRST + i + 10) for i in (0, 10, 20)]


@pytest.mark.parametrize("kind", list(DISTURBANCES))
def test_pictures_are_spoilt_in_their_events_alone(
    kind: str, face: FaceObservation, picture: np.ndarray
) -> None:
    frames = [Frame(index, index / 30, picture) for index in range(FIRST + 25)]
    plain = [face] * (len(frames) - 1) + [None]
    spoilt = disturbed(frames, plain, DISTURBANCES[kind])
    for index, frame in enumerate(spoilt):
        within = DISTURBANCES[kind].share(index) is not None and plain[index] is not None
        assert np.array_equal(frame.image, picture) != within


def test_blur_keeps_the_light_and_a_hand_covers_the_lips(face: FaceObservation, picture: np.ndarray) -> None:
    blurred = DISTURBANCES["blur to the side"].spoilt(picture, face, 0.0)
    assert blurred.mean() == pytest.approx(picture.mean(), rel=0.1)
    assert blurred.std() < 0.6 * picture.std()
    covered = DISTURBANCES["hand over the mouth"].spoilt(picture, face, 0.0)
    columns, rows = face.landmarks[list(LIPS), :2].round().astype(int).T
    assert np.ptp(covered[rows, columns], axis=0).max() < 0.5 * np.ptp(picture[rows, columns], axis=0).max()


def test_differences_are_those_of_the_turn_and_of_the_face(variant: Variant, face: FaceObservation) -> None:
    seen, times = [face] * 3, [0.0, 0.1, 0.2]
    still = motion(variant, seen, times, Trust(np.inf))
    turned = still._replace(turns=matrix_from_axis_angle(np.radians([0.0, 3.0, 0.0])) @ still.turns)
    away = differences(turned, still)
    np.testing.assert_allclose(away, np.tile([0.0, 0.0, 3.0, 0.0], (3, 1)), atol=1e-6)
    lowered = still._replace(
        face=still.face + np.array([0.0, 2.0, 0.0]), crowns=still.crowns + np.array([3.0, 4.0, 0.0])
    )
    np.testing.assert_allclose(differences(lowered, still), np.tile([2.0, 2.0, 0.0, 5.0], (3, 1)), atol=1e-6)


def test_trust_does_nothing_to_a_face_that_keeps_its_shape(variant: Variant, face: FaceObservation) -> None:
    seen = [
        replace(face, landmarks=face.landmarks + np.float32([index % 7, 0.0, 0.0])) for index in range(30)
    ]
    quiet = control("quiet", variant, seen, (np.arange(30) / 30).tolist(), 30.0)
    assert quiet.largest.max() < 1e-3


def test_blurred_frames_of_a_clip_move_the_head_less_with_trust(
    variant: Variant, test_data: Path, bundle: Path
) -> None:
    moved, undisturbed = measure_clip(str(test_data / "clips" / "grin.mp4"), variant, bundle, 34)
    kinds = {each.disturbance: each for each in moved}
    assert set(kinds) == set(DISTURBANCES)
    blur = kinds["blur to the side"]
    assert blur.without[0] > 1.0
    assert (blur.with_trust[:3] < 0.6 * blur.without[:3]).all()
    assert undisturbed.mean.max() < 0.05


def test_the_page_shows_every_disturbance_and_control() -> None:
    moved = [
        Moved("a.mp4", kind, np.arange(4.0), np.full(4, number)) for number, kind in enumerate(DISTURBANCES)
    ]
    text = tables(moved, [Control("a.mp4", np.zeros(4), np.ones(4), np.nan)], "clay")
    assert "| hand over the eyes | 0.00 | 4.00 | 1.00 | 4.00 | 2.00 | 4.00 | 3.00 | 4.00 |" in text
    assert "| a.mp4 | 0.00 | 1.00 | 0.00 | 1.00 | 0.00 | 1.00 | 0.00 | 1.00 | - |" in text

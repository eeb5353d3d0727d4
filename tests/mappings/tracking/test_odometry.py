"""The head's motion by the pattern of its skin."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from flame_model.face.measured_face import bundled_measurement
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import GROWTH, SHIFT, TURN, FaceObservation
from mappings.mirror import mirror_observation
from mappings.person.apertures import eye_distance
from mappings.person.upright_face import PICTURE_AXES
from mappings.tracking.odometry import Odometry

SIZE = (480, 420)
SCALE = 3000.0
"""Pixels per metre."""
NOTHING = np.zeros(3)


@pytest.fixture(scope="module")
def skin() -> np.ndarray:
    """Return a speckled picture (H, W, 3) that is laid over the face, blurred as skin in a camera is."""
    noise = np.random.default_rng(3).normal(128.0, 70.0, (SIZE[1], SIZE[0], 1))
    return cv2.GaussianBlur(np.repeat(noise, 3, axis=2), (0, 0), 2.0)


def shown(
    skin: np.ndarray, turn: np.ndarray = NOTHING, shift: tuple[float, float] = (0.0, 0.0), size: float = 1.0
) -> tuple[np.ndarray, FaceObservation]:
    """Return the picture and the observation of a face of speckled skin, turned about its skull's middle.

    `turn` is in radians along the camera's axes, and `shift` in pixels, x right and y down.
    """
    face = bundled_measurement().neutral
    turned = (face @ matrix_from_axis_angle(np.asarray(turn, dtype=float)).T) * size * SCALE * PICTURE_AXES
    before = face * SCALE * PICTURE_AXES
    middle = [SIZE[0] / 2, SIZE[1] / 2, 0.0]
    landmarks = np.vstack([turned, turned[:10]]) + middle + [*shift, 0.0]
    picture = _warped(skin, before + middle, landmarks[:468])
    pose = np.eye(4, dtype=np.float32)
    observation = FaceObservation(0.0, np.zeros(52, np.float32), landmarks.astype(np.float32), pose, SIZE)
    return picture, observation


def _warped(skin: np.ndarray, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return the skin moved from the landmarks `source` to `target`, smoothly in between."""
    from scipy.interpolate import RBFInterpolator

    place = RBFInterpolator(target[:, :2], source[:, :2], neighbors=24, smoothing=1.0)
    y, x = np.mgrid[0 : SIZE[1] : 6, 0 : SIZE[0] : 6]
    coarse = place(np.stack([x.ravel(), y.ravel()], axis=1)).reshape(*x.shape, 2).astype(np.float32)
    rows, columns = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32) / 6.0
    fine = [cv2.remap(coarse[..., axis], columns, rows, cv2.INTER_LINEAR) for axis in (0, 1)]
    return np.clip(cv2.remap(skin, *fine, cv2.INTER_LINEAR), 0, 255).astype(np.uint8)


def moved(skin: np.ndarray, **motion: object) -> np.ndarray:
    """Return what is measured between the face at rest and the face after a motion."""
    odometry = Odometry()
    assert odometry.moved(*shown(skin)) is None
    measured = odometry.moved(*shown(skin, **motion))
    assert measured is not None
    return measured


@pytest.mark.parametrize("axis", range(3))
def test_a_turn_is_measured(skin, axis):
    turn = np.radians(1.5) * np.eye(3)[axis]

    measured = moved(skin, turn=turn)

    assert np.degrees(np.linalg.norm(measured[TURN] - turn)) < 0.3


def test_a_shift_is_measured_in_eye_distances_upwards(skin):
    measured = moved(skin, shift=(4.0, -6.0))

    unit = eye_distance(bundled_measurement().neutral) * SCALE
    np.testing.assert_allclose(measured[SHIFT], np.array([4.0, 6.0]) / unit, atol=0.002)
    assert np.degrees(np.linalg.norm(measured[TURN])) < 0.1


def test_coming_nearer_is_growth(skin):
    measured = moved(skin, size=1.03)

    assert measured[GROWTH] == pytest.approx(0.03, abs=0.003)
    assert np.degrees(np.linalg.norm(measured[TURN])) < 0.3


def test_landmarks_that_move_without_the_skin_are_not_followed(skin):
    """The tracker's landmarks nod when lids or lips move; here they are 2 degrees off a still picture."""
    odometry = Odometry()
    picture, seen = shown(skin)
    odometry.moved(picture, seen)
    _, nodding = shown(skin, turn=np.array([np.radians(2.0), 0.0, 0.0]))

    measured = odometry.moved(picture, nodding)

    assert measured is not None
    assert np.degrees(np.linalg.norm(measured[TURN])) < 0.05


def test_another_picture_tells_nothing(skin):
    odometry = Odometry()
    odometry.moved(*shown(skin))
    other = np.random.default_rng(4).integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8)

    assert odometry.moved(other, shown(skin)[1]) is None


def test_a_face_at_the_edge_of_the_picture_and_a_tiny_one_are_measured_or_not_known(skin):
    for motion in ({"shift": (200.0, 150.0)}, {"shift": (-900.0, 0.0)}, {"size": 0.03}):
        odometry = Odometry()
        for _ in range(2):
            measured = odometry.moved(*shown(skin, **motion))
        assert measured is None or np.isfinite(measured).all()


def test_the_mirrored_picture_gives_the_mirrored_motion(skin):
    pictures = [shown(skin), shown(skin, turn=np.radians([0.8, -1.2, 0.5]), shift=(3.0, 2.0))]
    odometry, mirrored = Odometry(), Odometry()
    for picture, seen in pictures:
        own = odometry.moved(picture, seen)
        other = mirrored.moved(np.ascontiguousarray(picture[:, ::-1]), mirror_observation(seen))

    expected = mirror_observation(_with(pictures[1][1], own)).moved
    np.testing.assert_allclose(other, expected, atol=0.003)


def _with(seen: FaceObservation, motion: np.ndarray) -> FaceObservation:
    from dataclasses import replace

    return replace(seen, moved=motion)

"""A mirrored observation is the observation of the flipped picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from flame_model.rotations import yaw_pitch_roll
from mappings.frames import Frame
from mappings.mirror import mirror_observation, mirrored_landmarks
from mappings.signals import MEDIAPIPE_INDEX
from mappings.tracking.tracker import FaceTracker


def test_partners_are_mutual_and_a_few_lie_in_the_middle():
    partner = mirrored_landmarks()
    assert (partner[partner] == np.arange(478)).all()
    assert (partner == np.arange(478)).sum() == 28
    assert [partner[index] for index in (33, 61, 1, 152, 468)] == [263, 291, 1, 152, 473]


def test_partners_lie_opposite_each_other(test_data):
    """On the mean of many faces, turned upright, no partner is farther off than 3 % of the face's width."""
    people = np.load(test_data / "people_landmarks.npz")
    faces = people["landmarks_px"] * (1, -1, -1)
    upright = np.einsum("nji,nvj->nvi", people["T_camera_face_cm"][:, :3, :3], faces)
    upright -= upright.mean(axis=1, keepdims=True)
    face = (upright / np.ptp(upright[..., :1], axis=1, keepdims=True)).mean(axis=0)
    gaps = np.linalg.norm(face - face[mirrored_landmarks()] * (-1, 1, 1), axis=1)
    assert gaps.max() < 0.03


def test_mirroring_twice_gives_the_observation_back(make_observation):
    seen = make_observation(7)
    twice = mirror_observation(mirror_observation(seen))
    np.testing.assert_allclose(twice.scores, seen.scores, atol=1e-6)
    np.testing.assert_allclose(twice.landmarks, seen.landmarks, atol=1e-3)
    np.testing.assert_array_equal(twice.T_camera_face, seen.T_camera_face)


def test_a_motion_is_mirrored_with_the_face(make_observation):
    moved = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], dtype=np.float32)
    mirrored = mirror_observation(replace(make_observation(7), moved=moved)).moved
    np.testing.assert_array_equal(mirrored, moved * np.float32([1, -1, -1, -1, 1, 1]))
    assert mirror_observation(make_observation(7)).moved is None


def test_mirroring_leaves_the_observation_alone(make_observation):
    seen = make_observation(7)
    before = seen.landmarks.copy()
    mirror_observation(seen)
    np.testing.assert_array_equal(seen.landmarks, before)


@pytest.mark.parametrize("name", ["pearl_earring", "mona_lisa", "roman_lady"])
def test_it_agrees_with_the_tracker_on_the_flipped_picture(test_data, bundle, name):
    """All three look aside by 18 to 34 degrees, so that a wrong side cannot pass."""
    image = np.asarray(Image.open(test_data / "photos" / f"{name}.jpg").convert("RGB"))
    with FaceTracker(bundle) as tracker:
        straight = tracker.observe(Frame(0, 0.0, image))
        tracker.reset()
        flipped = tracker.observe(Frame(1, 1.0, image[:, ::-1]))
    mirrored = mirror_observation(straight)
    gaps = np.linalg.norm(mirrored.landmarks[:, :2] - flipped.landmarks[:, :2], axis=1)
    assert np.median(gaps) < 0.015 * np.ptp(flipped.landmarks[:, 0])
    gap, unmirrored_gap = (np.abs(o.scores - flipped.scores).mean() for o in (mirrored, straight))
    assert gap < 0.4 * unmirrored_gap
    angles = [np.degrees(yaw_pitch_roll(o.T_camera_face[:3, :3])) for o in (mirrored, flipped)]
    np.testing.assert_allclose(*angles, atol=3)
    np.testing.assert_allclose(mirrored.T_camera_face[:3, 3], flipped.T_camera_face[:3, 3], atol=0.03)


def test_sides_change_places(make_observation):
    seen = make_observation(1)
    mirrored = mirror_observation(seen)
    left, right = MEDIAPIPE_INDEX["mouthSmileLeft"], MEDIAPIPE_INDEX["mouthSmileRight"]
    assert mirrored.scores[left] == seen.scores[right]
    assert mirrored.landmarks[33, 0] == pytest.approx(640 - seen.landmarks[263, 0])
    assert mirrored.T_camera_face[0, 3] == -seen.T_camera_face[0, 3]

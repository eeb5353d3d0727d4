"""The face of an observation is laid upright, and its turn is found, whatever its place and size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.spatial.transform import Rotation

from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import STILL_POINTS
from mappings.person.upright_face import apparent_pose, apparent_turn, laid_upright, upright_face

MOUTH = 13


def test_turn_place_and_size_are_left_out_and_what_moved_stays(make_observation) -> None:
    face = bundled_measurement().neutral.copy()
    assert MOUTH not in STILL_POINTS
    face[MOUTH] += (0.004, -0.01, 0.006)
    turned = Rotation.from_euler("yxz", (25, -10, 5), degrees=True).apply(face)
    seen = make_observation()
    landmarks = seen.landmarks.copy()
    landmarks[:468] = (320.0, 240.0, 0.0) + 1800.0 * turned * (1.0, -1.0, -1.0)
    found = upright_face(replace(seen, landmarks=landmarks))
    np.testing.assert_allclose(found, face, atol=2e-6)


def test_every_similarity_of_a_face_is_laid_alike() -> None:
    face = bundled_measurement().neutral + np.random.default_rng(0).normal(0.0, 0.002, (468, 3))
    other = 3.0 * Rotation.from_euler("xyz", (0.3, 1.0, -2.0)).apply(face) + (1.0, 2.0, 3.0)
    np.testing.assert_allclose(laid_upright(other), laid_upright(face), atol=1e-9)


def test_the_turn_does_not_depend_on_place_size_and_expression(make_observation) -> None:
    turn = Rotation.from_euler("yxz", (25, -10, 5), degrees=True).as_matrix()
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = turn, (0.2, 0.1, -0.5)
    seen = make_observation(T_camera_face=pose)
    for scale, shift in ((1.0, 0.0), (0.25, 0.0), (1.0, (900.0, 300.0, 0.0))):
        elsewhere = replace(seen, landmarks=scale * seen.landmarks + shift, image_size=(1600, 900))
        np.testing.assert_allclose(apparent_turn(elsewhere), turn, atol=1e-5)
    np.testing.assert_allclose(apparent_pose(seen), pose, atol=1e-5)


def test_the_reported_transformation_turns_nothing(make_observation) -> None:
    """MediaPipe's own turn follows the face's place in the picture, so it is not used."""
    seen = make_observation()
    other = np.eye(4, dtype=np.float32)
    other[:3, :3] = Rotation.from_euler("y", 8, degrees=True).as_matrix()
    np.testing.assert_array_equal(apparent_turn(replace(seen, T_camera_face=other)), apparent_turn(seen))

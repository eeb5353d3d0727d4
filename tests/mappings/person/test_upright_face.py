"""The face of an observation is laid upright, without its turn, place and size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.spatial.transform import Rotation

from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import STILL_POINTS
from mappings.person.upright_face import laid_upright, upright_face

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

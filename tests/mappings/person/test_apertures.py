"""The apertures of a face are measured in its own eye distance."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.face.measured_face import bundled_measurement
from mappings.person.apertures import FACING, LEFT_EYE, MOUTH, RIGHT_EYE, apertures, eye_distance


@pytest.mark.parametrize("opened", [MOUTH, LEFT_EYE, RIGHT_EYE])
@pytest.mark.parametrize("size", [1.0, 4000.0])
def test_an_aperture_grows_by_what_opens_it(opened: int, size: float) -> None:
    face = size * bundled_measurement().neutral
    before = apertures(face)
    upper, lower = FACING[opened].T
    apart = face[upper] - face[lower]
    face[lower] -= 0.1 * eye_distance(face) * apart / np.linalg.norm(apart, axis=1, keepdims=True)
    grown = np.zeros(3)
    grown[opened] = 0.1
    np.testing.assert_allclose(apertures(face) - before, grown, atol=1e-9)


def test_the_mean_face_has_shut_lips_and_open_eyes() -> None:
    mouth, left, right = apertures(bundled_measurement().neutral)
    assert mouth < 0.05
    assert left == pytest.approx(right, rel=0.02)
    assert 0.08 < left < 0.16

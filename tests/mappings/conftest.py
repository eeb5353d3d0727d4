"""Fixtures that the tests of mappings share."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import STILL_POINTS
from mappings.frames import FaceObservation
from mappings.person.upright_face import PICTURE_AXES


@pytest.fixture
def make_observation():
    """Return a function that makes plausible observations, different for each seed.

    They show the mean face at the turn of `T_camera_face`; what expressions move is displaced at random.
    """

    def make(seed: int = 0, time_s: float = 0.0, T_camera_face: np.ndarray | None = None) -> FaceObservation:
        rng = np.random.default_rng(seed)
        T = np.eye(4, dtype=np.float32)
        T[:3, 3] = (0.01, -0.02, -0.4)
        T = T if T_camera_face is None else T_camera_face
        face = bundled_measurement().neutral
        moving = np.setdiff1d(np.arange(len(face)), STILL_POINTS)
        face = face.copy()
        face[moving] += rng.uniform(-0.003, 0.003, (len(moving), 3))
        landmarks = rng.uniform(0, 400, (478, 3))
        landmarks[: len(face)] = 1800.0 * (face @ T[:3, :3].T) * PICTURE_AXES + (320.0, 240.0, 0.0)
        return FaceObservation(
            time_s=time_s,
            scores=rng.uniform(0, 1, 52).astype(np.float32),
            landmarks=landmarks.astype(np.float32),
            T_camera_face=T.astype(np.float32),
            image_size=(640, 480),
        )

    return make

"""Fixtures that the tests of mappings share."""

from __future__ import annotations

import numpy as np
import pytest

from mappings.frames import FaceObservation


@pytest.fixture
def make_observation():
    """Return a function that makes plausible observations, different for each seed."""

    def make(seed: int = 0, time_s: float = 0.0, T_camera_face: np.ndarray | None = None) -> FaceObservation:
        rng = np.random.default_rng(seed)
        T = np.eye(4, dtype=np.float32)
        T[:3, 3] = (0.01, -0.02, -0.4)
        return FaceObservation(
            time_s=time_s,
            scores=rng.uniform(0, 1, 52).astype(np.float32),
            landmarks=rng.uniform(0, 400, (478, 3)).astype(np.float32),
            T_camera_face=T if T_camera_face is None else T_camera_face.astype(np.float32),
            image_size=(640, 480),
        )

    return make

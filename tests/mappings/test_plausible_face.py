"""Frames that describe no possible face are distinguished from frames with one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from mappings.plausible_face import is_plausible_face, plausible_faces
from mappings.records.gathered import REFERENCE, load_gathered


def turned(degrees: float) -> np.ndarray:
    transform = np.eye(4, dtype=np.float32)
    transform[:3, :3] = Rotation.from_euler("y", degrees, degrees=True).as_matrix()
    return transform


NOTHING = {
    "one place": {"landmarks": np.full((478, 3), 5.0, np.float32)},
    "a line": {"landmarks": np.linspace(0, 400, 478, dtype=np.float32)[:, None] * np.ones(3, np.float32)},
    "far beyond the picture": {"landmarks": np.full((478, 3), 1e30, np.float32)},
    "no numbers": {"landmarks": np.full((478, 3), np.nan, np.float32)},
    "a singular turn": {"T_camera_face": np.diag([1.0, 1.0, 0.0, 1.0])},
    "a mirrored turn": {"T_camera_face": np.diag([-1.0, 1.0, 1.0, 1.0])},
    "a stretched turn": {"T_camera_face": np.diag([2.0, 2.0, 2.0, 1.0])},
    "no turn at all": {"T_camera_face": np.zeros((4, 4))},
    "an infinite place": {"T_camera_face": np.full((4, 4), np.inf)},
    "a score of 50": {"scores": np.full(52, 50.0, np.float32)},
    "a negative score": {"scores": np.full(52, -0.5, np.float32)},
    "a score that is no number": {"scores": np.full(52, np.nan, np.float32)},
    "a picture without pixels": {"image_size": (0, 480)},
}


@pytest.mark.parametrize("changes", NOTHING.values(), ids=NOTHING.keys())
def test_it_explains_nothing(make_observation, changes) -> None:
    assert is_plausible_face(make_observation())
    assert not is_plausible_face(replace(make_observation(), **changes))


@pytest.mark.parametrize("degrees", [0.0, 89.0, -150.0])
def test_any_turn_and_size_of_a_face_explains(make_observation, degrees: float) -> None:
    seen = make_observation()
    for scale in (0.002, 1.0, 50.0):
        assert is_plausible_face(
            replace(seen, T_camera_face=turned(degrees), landmarks=scale * seen.landmarks)
        )


def test_all_reference_frames_are_faces() -> None:
    from pathlib import Path

    data = load_gathered(Path(REFERENCE))
    assert plausible_faces(data.scores, data.landmarks, data.T_camera_face, data.image_size).all()


def test_no_frames_are_no_answers() -> None:
    shapes = ((0, 52), (0, 478, 3), (0, 4, 4), (0, 2))
    assert plausible_faces(*(np.zeros(shape) for shape in shapes)).shape == (0,)

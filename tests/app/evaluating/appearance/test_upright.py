"""The apparent turn is the turn that a face was given, wherever it is in the picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.evaluating.appearance.upright import upright
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation
from tests.app.evaluating.conftest import Person


def turned(face: FaceObservation, turn: list[float]) -> FaceObservation:
    """Return the face with its landmarks turned by an axis-angle vector, seen from infinitely far away."""
    points = face.landmarks * (1.0, -1.0, -1.0)
    rotated = (points - points.mean(axis=0)) @ matrix_from_axis_angle(np.array(turn)).T + points.mean(axis=0)
    return replace(face, landmarks=(rotated * (1.0, -1.0, -1.0)).astype(np.float32))


@pytest.mark.parametrize("turn", [[0.3, 0.0, 0.0], [0.0, -0.5, 0.0], [0.1, 0.2, -0.3]])
def test_a_turn_is_read_and_taken_away(person: Person, turn: list[float]) -> None:
    face = person()
    seen = upright(turned(face, turn))
    assert seen.turn == pytest.approx(matrix_from_axis_angle(np.array(turn)), abs=1e-3)
    assert seen.landmarks == pytest.approx(upright(face).landmarks, abs=1e-3)


def test_place_and_size_do_not_count(person: Person) -> None:
    face = person()
    elsewhere = replace(
        face, landmarks=(0.3 * face.landmarks + (900.0, 20.0, 0.0)).astype(np.float32), image_size=(4000, 800)
    )
    seen, known = upright(elsewhere), upright(face)
    assert seen.turn == pytest.approx(known.turn, abs=1e-4)
    assert seen.landmarks == pytest.approx(known.landmarks, abs=1e-4)


def test_lengths_are_in_eye_distances(person: Person) -> None:
    landmarks = upright(person()).landmarks
    assert np.linalg.norm(landmarks[33] - landmarks[263]) == pytest.approx(1.0)
    assert landmarks[263, 0] > landmarks[33, 0], "x is to the person's left"
    assert landmarks[10, 1] > landmarks[152, 1], "y is up"

"""Faces whose lengths differ by known amounts have these errors and gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from app.evaluating.appearance.compare import compare_appearance
from app.evaluating.appearance.face_lengths import FACE_LENGTHS, LEFT_EYE, LIP_GAP, RIGHT_EYE, face_lengths
from app.evaluating.appearance.upright import upright
from mappings.frames import FaceObservation
from tests.app.evaluating.conftest import Person

LOWER_LIP, CHIN, LEFT_LOWER_LID, RIGHT_LOWER_LID = 14, 152, 374, 145
WAVE = 0.5 + 0.5 * np.sin(np.linspace(0.0, 12.0, 40))
"""From 0 to 1 over 40 frames."""


def lowered(*points: int, metres: float) -> npt.NDArray[np.floating]:
    """Return displacements (478, 3) that lower points."""
    moved = np.zeros((478, 3))
    moved[points, 1] = -metres
    return moved


def moving(person: Person, gain: float, *points: int, offset: float = 0.0) -> list[FaceObservation]:
    """Return faces whose points go down and up by up to 8 mm times `gain`, plus an offset in metres."""
    return [person(moved=lowered(*points, metres=0.008 * gain * share + offset)) for share in WAVE]


def lengths_of(faces: Sequence[FaceObservation]) -> dict[str, npt.NDArray[np.floating]]:
    return face_lengths(np.array([upright(face).landmarks for face in faces]))


def test_the_same_face_has_no_error_and_the_gain_one(person: Person) -> None:
    faces = moving(person, 1.0, LOWER_LIP)
    appearance = compare_appearance(faces, faces)
    assert set(appearance.lengths) == set(FACE_LENGTHS)
    assert appearance.error() == appearance.eyes_apart == 0.0
    assert appearance.turn_deg == pytest.approx(0.0, abs=1e-3)
    assert appearance.lengths[LIP_GAP].gain == pytest.approx(1.0)
    assert appearance.gain_off == pytest.approx(1.0)
    assert np.isnan(appearance.lengths["mouth width"].gain), "the mouth's width does not move"


def test_half_a_movement_has_the_gain_a_half(person: Person) -> None:
    appearance = compare_appearance(moving(person, 1.0, LOWER_LIP), moving(person, 0.5, LOWER_LIP))
    assert appearance.lengths[LIP_GAP].gain == pytest.approx(0.5, abs=0.02)
    assert appearance.lengths[LIP_GAP].r == pytest.approx(1.0, abs=1e-3)
    assert appearance.gain_off == pytest.approx(2.0, rel=0.05)


def test_contact_is_absolute_and_the_rest_relative(person: Person) -> None:
    closed = moving(person, 1.0, LOWER_LIP, CHIN)
    ajar = moving(person, 1.0, LOWER_LIP, CHIN, offset=0.004)
    of_closed, of_ajar = lengths_of(closed), lengths_of(ajar)
    appearance = compare_appearance(closed, ajar)
    expected = np.abs(of_ajar[LIP_GAP] - of_closed[LIP_GAP]).mean()
    assert appearance.lengths[LIP_GAP].error == pytest.approx(expected)
    assert expected > 0.02
    assert appearance.lengths["jaw drop"].error < 0.002, "a longer chin is no error"


def test_an_eye_shut_alone_sets_the_eyes_apart(person: Person) -> None:
    both = moving(person, -0.5, LEFT_LOWER_LID, RIGHT_LOWER_LID)
    one = moving(person, -0.5, LEFT_LOWER_LID)
    assert compare_appearance(both, both).eyes_apart == 0.0
    appearance = compare_appearance(both, one)
    assert appearance.eyes_apart == pytest.approx(appearance.lengths[RIGHT_EYE].error, rel=0.05)
    assert appearance.lengths[LEFT_EYE].error == pytest.approx(0.0, abs=1e-3)


def test_frames_without_either_face_do_not_count(person: Person) -> None:
    faces: list[FaceObservation | None] = [*moving(person, 1.0, LOWER_LIP)]
    holes = [None, *faces[1:]]
    assert compare_appearance(faces, holes).error() == 0.0
    nothing = compare_appearance(faces, [None] * len(faces))
    assert np.isnan([nothing.error(), nothing.eyes_apart, nothing.turn_deg, nothing.gain_off]).all()
    assert np.isnan(nothing.framing).all()


def test_the_framing_is_that_of_the_head(person: Person) -> None:
    faces = moving(person, 1.0, LOWER_LIP)
    high = [
        replace(face, landmarks=face.landmarks - np.float32([0.0, face.landmarks[10, 1] - 2.0, 0.0]))
        for face in faces
    ]
    assert compare_appearance(high, faces).framing.out_of_frame == 0.0
    framing = compare_appearance(faces, high).framing
    assert framing.out_of_frame == 1.0
    assert framing.centre > 0.1

"""The procedure with people who follow the instructions, do not, cannot, or are not there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from app.calibrating.procedure import LEAD_IN_S, Procedure
from app.calibrating.profile_fit import TYPICAL_JAW, TYPICAL_SMILE
from app.calibrating.steps import Step
from flame_model.rotations import matrix_from_axis_angle
from mappings.evenness import even_scores
from mappings.frames import FaceObservation
from mappings.person.profile import Profile
from mappings.person.typical_rest import TYPICAL_SHUT, typical_rest
from mappings.person.upright_face import upright_face
from mappings.signals import LIDS, MEDIAPIPE_INDEX
from tests.app.calibrating.actor import TURN, act_out, face, obedient

JAW, SMILE = MEDIAPIPE_INDEX["jawOpen"], MEDIAPIPE_INDEX["mouthSmileLeft"]


def calibrated(base: Profile | None = None) -> Profile:
    procedure = Procedure()
    act_out(procedure)
    return procedure.profile(base or Profile())


def test_whoever_obeys_is_done_in_five_seconds_after_the_lead_in() -> None:
    procedure = Procedure()
    assert act_out(procedure) == pytest.approx(LEAD_IN_S + 5.0, abs=0.3)
    assert procedure.left_out == ()


def test_the_resting_face_reads_as_a_typical_one() -> None:
    profile = calibrated()
    np.testing.assert_allclose(
        profile.correction.scores(even_scores(face().scores)), typical_rest(), atol=1e-9
    )
    np.testing.assert_allclose(profile.neutral_face, upright_face(face()), atol=1e-9)
    np.testing.assert_allclose(profile.straight_ahead, matrix_from_axis_angle(TURN), atol=1e-6)


def test_lids_shut_each_by_its_own_range_and_gains_reach_what_others_do() -> None:
    correction = calibrated().correction
    shut = correction.scores(even_scores(obedient("Close your eyes").scores))
    assert (shut[LIDS,] >= TYPICAL_SHUT).all()
    np.testing.assert_allclose(correction.lids[:, 0], even_scores(face().scores)[LIDS,], atol=1e-6)
    assert correction.scores(even_scores(obedient("Open your mouth wide").scores))[JAW] == pytest.approx(
        TYPICAL_JAW, abs=0.02
    )
    smiles = correction.scores(even_scores(obedient("Smile").scores))
    assert smiles[[SMILE, SMILE + 1]].mean() == pytest.approx(TYPICAL_SMILE, abs=0.02)


def test_what_was_changed_by_hand_stays() -> None:
    base = calibrated()
    base.correction.dead_zone[SMILE] = 0.1
    base.correction.gain[MEDIAPIPE_INDEX["browInnerUp"]] = 1.7
    again = calibrated(base).correction
    assert again.dead_zone[SMILE] == 0.1
    assert again.gain[MEDIAPIPE_INDEX["browInnerUp"]] == 1.7


def test_without_a_face_it_says_so_and_waits_until_there_is_one() -> None:
    procedure, said = Procedure(), set()
    seconds = 0

    def leaves(title: str) -> FaceObservation | None:
        nonlocal seconds
        seconds += 1
        said.add(title)
        return None if seconds < 900 else obedient(title)

    assert act_out(procedure, leaves, most_s=30) == 30
    assert not procedure.finished
    assert "No face was seen." in said
    assert act_out(procedure, leaves, most_s=60) < 60
    assert procedure.left_out == ()


def test_a_step_that_was_missed_is_repeated_with_the_reason() -> None:
    procedure, said = Procedure(), []

    def slow(title: str) -> FaceObservation:
        said.append(title)
        tries = sum(a != b for a, b in pairwise(said) if b == "Close your eyes")
        return face() if title == "Close your eyes" and tries < 2 else obedient(title)

    act_out(procedure, slow)
    assert "Your eyes were not closed." in said
    assert procedure.left_out == ()


def test_a_step_nobody_can_do_is_left_out_and_changes_nothing() -> None:
    procedure = Procedure()
    act_out(procedure, lambda title: face() if title == "Close your eyes" else obedient(title))
    assert procedure.left_out == (Step.SHUT,)
    shut = procedure.profile(Profile()).correction.lids[:, 1]
    np.testing.assert_allclose(shut, TYPICAL_SHUT)


def test_a_moving_face_is_not_taken_for_rest() -> None:
    procedure, frames = Procedure(), iter(range(10_000))
    act_out(procedure, lambda _: face(jawOpen=0.6 * (next(frames) % 6 > 2)), most_s=20)
    assert not procedure.finished
    assert procedure.prompt.steps == "step 1 of 4"


def test_lips_that_touch_are_at_rest_whatever_the_jaw_reads() -> None:
    open_jaw = face(jawOpen=0.4)
    landmarks = open_jaw.landmarks.copy()
    landmarks[14] = landmarks[13]
    shut = replace(open_jaw, landmarks=landmarks)

    def reads_open(title: str) -> FaceObservation:
        return shut if title == "Relax your face" else obedient(title)

    procedure = Procedure()
    act_out(procedure, reads_open, most_s=5)
    assert procedure.prompt.steps != "step 1 of 4"


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ({"jawOpen": 0.5}, "Close your mouth."),
        ({"mouthSmileLeft": 0.8, "mouthSmileRight": 0.7}, "Do not smile yet."),
        ({"eyeBlinkLeft": 0.7, "eyeBlinkRight": 0.7}, "Open your eyes."),
    ],
)
def test_a_still_face_that_does_not_rest_is_told_why_and_waited_for(
    scores: dict[str, float], told: str
) -> None:
    procedure, said = Procedure(), []

    def late(title: str) -> FaceObservation:
        said.append(title)
        return face(**scores) if len(said) < 600 else obedient(title)

    act_out(procedure, late, most_s=19)
    assert told in said
    assert procedure.prompt.steps == "step 1 of 4"
    act_out(procedure, late)
    assert procedure.finished
    np.testing.assert_allclose(
        procedure.profile(Profile()).correction.scores(even_scores(face().scores)), typical_rest(), atol=1e-9
    )


def test_a_slow_machine_takes_longer_but_gets_there() -> None:
    procedure = Procedure()
    assert act_out(procedure, fps=3) < 20
    assert procedure.left_out == ()


def test_progress_never_leaves_its_bar() -> None:
    procedure = Procedure()

    def watched(title: str) -> FaceObservation:
        assert 0.0 <= procedure.prompt.progress <= 1.0
        return obedient(title)

    act_out(procedure, watched)
    assert procedure.prompt.title == "Done"

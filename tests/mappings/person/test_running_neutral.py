"""The resting face of people, made up and real, is estimated while they smile, turn away and are lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.authoring.footage import track_clip
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import OUTER_LIPS
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation
from mappings.mirror import mirror_observation
from mappings.person.running_neutral import RunningNeutral, mirrored_face, predicted_expression
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import laid_upright, upright_face
from mappings.signals import MEDIAPIPE_INDEX

LIPS = list(OUTER_LIPS)
SMILE = [MEDIAPIPE_INDEX["mouthSmileLeft"], MEDIAPIPE_INDEX["mouthSmileRight"]]
FPS = 30


def resting_face(seed: int) -> np.ndarray:
    """Return the resting face of a made-up person."""
    measured = bundled_measurement()
    weights = np.random.default_rng(seed).normal(size=len(measured.identity))
    return laid_upright(measured.neutral + np.tensordot(weights, measured.identity, 1))


def seen(rest: np.ndarray, smile: float, strength: float = 1.3, turn: float = 0.0) -> FaceObservation:
    """Return what the tracker sees of a person whose smile is `strength` times the average one."""
    scores = typical_rest().copy()
    scores[SMILE] = smile
    T = np.eye(4)
    T[:3, :3] = matrix_from_axis_angle([0, turn, 0])
    face = (rest + strength * predicted_expression(scores)) @ T[:3, :3].T * [1, -1, -1]
    landmarks = np.zeros((478, 3))
    landmarks[:468] = 2000 * face + 300
    return FaceObservation(0.0, scores, landmarks, T, (640, 480))


def lips_mm(face: np.ndarray, truth: np.ndarray) -> float:
    return float(1e3 * np.linalg.norm((face - truth)[LIPS], axis=1).mean())


def after(seconds: float, observation: FaceObservation, neutral: RunningNeutral, begun_s: float) -> float:
    """Add the same observation for a while and return the time."""
    for frame in range(round(seconds * FPS)):
        neutral.add(observation, begun_s + frame / FPS)
    return begun_s + seconds


def test_a_calm_face_is_found_at_once_whoever_it_is() -> None:
    for seed in range(3):
        neutral = RunningNeutral()
        assert neutral.face is None
        neutral.add(seen(resting_face(seed), 0.0), 0.0)
        assert lips_mm(neutral.face, resting_face(seed)) < 0.01


def test_who_smiles_from_the_first_frame_on_has_no_smiling_neutral() -> None:
    rest, neutral = resting_face(1), RunningNeutral()
    smiling = lips_mm(rest + 1.3 * predicted_expression(seen(rest, 0.9).scores), rest)
    assert smiling > 7
    time_s = after(5.0, seen(rest, 0.9), neutral, 0.0)
    assert lips_mm(neutral.face, rest) < 0.3 * smiling, "not even while nothing else was seen"
    after(0.5, seen(rest, 0.0), neutral, time_s)
    assert lips_mm(neutral.face, rest) < 0.05 * smiling, "half a second at rest outweighs the smile"


def test_a_smile_does_not_move_a_neutral_that_is_known() -> None:
    rest, neutral = resting_face(2), RunningNeutral()
    time_s = after(1.0, seen(rest, 0.0), neutral, 0.0)
    after(10.0, seen(rest, 0.9), neutral, time_s)
    assert lips_mm(neutral.face, rest) < 0.5


def test_turned_faces_count_less() -> None:
    rest, other, neutral = resting_face(1), resting_face(2), RunningNeutral()
    time_s = after(0.5, seen(rest, 0.0), neutral, 0.0)
    before = lips_mm(rest, other)
    after(0.5, seen(other, 0.0, turn=0.7), neutral, time_s)
    assert lips_mm(neutral.face, rest) < 0.05 * before


def test_another_person_takes_over_within_two_seconds_of_a_loss() -> None:
    rest, other, neutral = resting_face(1), resting_face(2), RunningNeutral()
    time_s = after(30.0, seen(rest, 0.0), neutral, 0.0)
    neutral.weaken()
    after(2.0, seen(other, 0.0), neutral, time_s + 5)
    assert lips_mm(neutral.face, other) < 0.35 * lips_mm(rest, other)


def test_mirroring_takes_the_face_along() -> None:
    neutral, mirrored = RunningNeutral(), RunningNeutral()
    observation = seen(resting_face(3), 0.2)
    neutral.add(observation, 0.0)
    mirrored.add(mirror_observation(observation), 0.0)
    neutral.mirror()
    np.testing.assert_allclose(neutral.face, mirrored.face, atol=1e-3)
    np.testing.assert_allclose(mirrored_face(mirrored_face(neutral.face)), neutral.face)


def test_a_real_grin_stays_out_of_the_neutral(test_data: Path, bundle: Path) -> None:
    """Only the frames in which the person grins are seen: their average is 11 mm off at the lips."""
    observations = track_clip(test_data / "clips" / "grin.mp4", bundle)
    grinning = [each for each in observations if each.scores[SMILE].min() > 0.5]
    at_rest = [each for each in observations if each.scores[SMILE].max() < 0.01]
    neutral = RunningNeutral()
    for frame, observation in enumerate(grinning):
        neutral.add(observation, frame / 25)
    rest, grin = (np.mean([upright_face(each) for each in part], axis=0) for part in (at_rest, grinning))
    assert lips_mm(grin, rest) > 9
    assert lips_mm(neutral.face, rest) < 2.5


def test_a_real_persons_neutral_has_settled_after_two_seconds(test_data: Path, bundle: Path) -> None:
    """A person who talks shows their rest little by little: later the estimate moves by up to 2 mm."""
    neutral, faces = RunningNeutral(), []
    for observation in track_clip(test_data / "clips" / "phone_portrait.mp4", bundle):
        neutral.add(observation, observation.time_s)
        faces.append(neutral.face)
    assert lips_mm(faces[0], faces[-1]) > 0.5, "one frame does not tell"
    assert max(lips_mm(face, faces[-1]) for face in faces[2 * FPS :]) < 0.7

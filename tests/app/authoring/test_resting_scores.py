"""Resting scores come from calm faces with open eyes, each person with the same weight."""

from __future__ import annotations

import numpy as np

from app.authoring.resting_scores import resting_scores
from flame_model.builtin.measure import TrackedGroup
from mappings.signals import MEDIAPIPE_INDEX


def group(several_people: bool = False, **scores: list[float]) -> TrackedGroup:
    count = len(next(iter(scores.values())))
    rows = np.zeros((count, 52))
    for name, values in scores.items():
        rows[:, MEDIAPIPE_INDEX[name]] = values
    return TrackedGroup(np.zeros((count, 478, 3)), rows, np.zeros((count, 3, 3)), several_people)


def test_people_count_the_same_however_many_frames_they_have() -> None:
    talker = group(eyeSquintLeft=[0.9] * 200)
    pictures = group(several_people=True, eyeSquintLeft=[0.2, 0.3], eyeSquintRight=[0.2, 0.3])
    rest, people = resting_scores([talker, pictures])
    assert people == 3
    np.testing.assert_allclose(rest[MEDIAPIPE_INDEX["eyeSquintLeft"]], (0.3 + 0.2) / 2)
    np.testing.assert_allclose(rest[MEDIAPIPE_INDEX["eyeSquintRight"]], (0.3 + 0.2) / 2)


def test_smiles_and_shut_eyes_are_not_at_rest() -> None:
    calm = group(
        mouthSmileLeft=[0.1, 0.9, 0.1], mouthSmileRight=[0.1, 0.9, 0.1], eyeBlinkLeft=[0.1, 0.1, 0.9]
    )
    rest, people = resting_scores([calm, group(jawOpen=[1.3])])
    assert people == 1
    np.testing.assert_allclose(rest[MEDIAPIPE_INDEX["mouthSmileLeft"]], 0.1)
    np.testing.assert_allclose(rest[MEDIAPIPE_INDEX["eyeBlinkLeft"]], 0.05)

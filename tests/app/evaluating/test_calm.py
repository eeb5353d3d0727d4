"""Stillness and rest of people made by numbers."""

from __future__ import annotations

import numpy as np
import pytest

from app.evaluating.calm import CALM_SHARE, calm_frames, still_frames
from tests.app.evaluating.conftest import Person

FPS = 30.0
LIP = np.zeros((478, 3))
LIP[[13, 14, 17, 0, 61, 291], 1] = -0.01


def test_a_still_stretch_is_found_whatever_the_head_does(person: Person) -> None:
    moving = [person(moved=np.sin(k) * LIP) for k in range(30)]
    still = [person(moved=1e-3 * np.sin(k) * LIP, turn=(0.0, 0.02 * k, 0.0)) for k in range(25)]
    found = still_frames([*moving, *still, *moving], FPS)
    assert found[30:55].all()
    assert not found[:25].any()
    assert not found[60:].any()


def test_a_lost_face_is_not_still(person: Person) -> None:
    frames = [person() for _ in range(40)]
    frames[20] = None
    found = still_frames(frames, FPS)
    assert found[:20].all()
    assert not found[20]
    assert found[21:].all()


def test_the_calmest_frames_are_neither_smiles_nor_blinks(person: Person) -> None:
    frames = [person({"mouthPressLeft": 0.01 * k}) for k in range(50)]
    frames[:10] = [person({"mouthSmileLeft": 0.25}) for _ in range(10)]
    frames[10] = person({"eyeBlinkLeft": 0.9})
    frames[20:23] = [person({"eyeLookInLeft": 0.5}) for _ in range(3)]
    frames[30] = None
    calm = calm_frames(frames)
    assert len(calm) == np.ceil(CALM_SHARE * 38)
    assert set(calm) == {20, 21, 22, 11}, "looking aside is calm, and so are the lips least pressed"


@pytest.mark.parametrize("busy", [{"eyeBlinkLeft": 0.9}, {"jawOpen": 0.3}, {"browInnerUp": 0.5}])
def test_a_face_that_never_rests_gives_no_calm_frame(person: Person, busy: dict[str, float]) -> None:
    assert len(calm_frames([person(busy)] * 5)) == 0

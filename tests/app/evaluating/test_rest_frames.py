"""The frames at rest of synthetic people are found."""

from __future__ import annotations

import numpy as np
import pytest

from app.evaluating.rest_frames import CALM_SHARE, calm_frames
from tests.app.evaluating.conftest import Person


def test_the_calmest_frames_are_neither_smiles_nor_blinks(person: Person) -> None:
    frames = [person({"mouthPressLeft": 0.01 * k}) for k in range(50)]
    frames[:10] = [person({"mouthSmileLeft": 0.25}) for _ in range(10)]
    frames[10] = person({"eyeBlinkLeft": 0.9})
    frames[20:23] = [person({"eyeLookInLeft": 0.5}) for _ in range(3)]
    frames[30] = None
    calm = calm_frames(frames)
    assert len(calm) == np.ceil(CALM_SHARE * 38)
    assert list(calm) == [20, 21, 22, 11], "looking aside is calm, and so are the lips least pressed"


@pytest.mark.parametrize("busy", [{"eyeBlinkLeft": 0.9}, {"jawOpen": 0.3}, {"browInnerUp": 0.5}])
def test_a_face_that_never_rests_gives_no_calm_frame(person: Person, busy: dict[str, float]) -> None:
    assert len(calm_frames([person(busy)] * 5)) == 0

"""A correction turns one person's scores into those of a typical person with the same expression."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mappings.person.correction import Correction
from mappings.person.typical_rest import TYPICAL_SHUT, typical_rest
from mappings.signals import LIDS, MEDIAPIPE_INDEX, mirrored_indices

SMILES = [MEDIAPIPE_INDEX["mouthSmileLeft"], MEDIAPIPE_INDEX["mouthSmileRight"]]


def person(**scores: float) -> np.ndarray:
    row = typical_rest().copy()
    for name, score in scores.items():
        row[MEDIAPIPE_INDEX[name]] = score
    return row


def changed(setting: str, value: float) -> Correction:
    return replace(Correction(), **{setting: np.full(52, value)})


def test_by_default_nothing_changes() -> None:
    scores = np.random.default_rng(0).uniform(0, 1, 52)
    np.testing.assert_allclose(Correction().scores(scores), scores, atol=1e-12)


def test_a_resting_face_gets_typical_scores_and_other_faces_move_with_it() -> None:
    frowning = person(browDownLeft=0.5, browDownRight=0.4, eyeSquintLeft=0.6, eyeBlinkLeft=0.3)
    correction = Correction().resting_at(frowning)
    np.testing.assert_allclose(correction.scores(frowning), typical_rest(), atol=1e-12)
    smiling = frowning.copy()
    smiling[SMILES[0]] += 0.5
    assert correction.scores(smiling)[SMILES[0]] == pytest.approx(typical_rest()[SMILES[0]] + 0.5)


@pytest.mark.parametrize("rest", [0.02, 0.3, 0.95])
def test_lids_still_shut_whatever_they_were_like_at_rest(rest: float) -> None:
    correction = Correction().resting_at(person(eyeBlinkLeft=rest, eyeBlinkRight=rest))
    shut = correction.scores(person(eyeBlinkLeft=0.9, eyeBlinkRight=0.9))
    assert (shut[LIDS,] >= TYPICAL_SHUT - 0.01).all()
    low = correction.scores(person(eyeBlinkLeft=0.0, eyeBlinkRight=0.0))
    assert (low[LIDS,] <= typical_rest()[LIDS,]).all()


def test_each_lid_has_its_own_two_points() -> None:
    correction = replace(Correction(), lids=np.array([[0.1, 0.6], [0.3, 0.9]]))
    shut = correction.scores(person(eyeBlinkLeft=0.6, eyeBlinkRight=0.9))
    np.testing.assert_allclose(shut[LIDS,], TYPICAL_SHUT)
    half = correction.scores(person(eyeBlinkLeft=0.35, eyeBlinkRight=0.6))
    np.testing.assert_allclose(half[LIDS,], (typical_rest()[LIDS[0]] + TYPICAL_SHUT) / 2)


def test_departures_from_rest_go_through_dead_zone_curve_and_gain() -> None:
    smile = person(mouthSmileLeft=0.5)

    def left(correction: Correction) -> float:
        return float(correction.scores(smile)[SMILES[0]])

    assert left(changed("dead_zone", 0.6)) == 0.0
    assert left(changed("dead_zone", 0.2)) == pytest.approx(0.3)
    assert left(changed("curve", 2.0)) == pytest.approx(0.25)
    assert left(changed("gain", 1.5)) == pytest.approx(0.75)
    assert left(changed("gain", 3.0)) == 1.0
    np.testing.assert_allclose(changed("gain", 3.0).scores(typical_rest()), typical_rest())


def test_a_gaze_that_rests_to_one_side_goes_as_far_to_the_other() -> None:
    """In and out of one eye are the two halves of one way to look."""
    aside = person(eyeLookInLeft=0.4, eyeLookOutLeft=0.0)
    correction = Correction().resting_at(aside)
    names = [MEDIAPIPE_INDEX["eyeLookInLeft"], MEDIAPIPE_INDEX["eyeLookOutLeft"]]

    def inwards(scores: np.ndarray) -> float:
        into, out = correction.scores(scores)[names]
        return float(into - out)

    ahead, out = person(eyeLookInLeft=0.0, eyeLookOutLeft=0.0), person(eyeLookInLeft=0.0, eyeLookOutLeft=0.4)
    rest = inwards(aside)
    assert inwards(ahead) - rest == pytest.approx(-0.4)
    assert inwards(out) - rest == pytest.approx(-0.8)


def test_mirror_average_evens_the_mouth_but_neither_gaze_nor_winks() -> None:
    crooked = person(mouthSmileLeft=0.6, eyeLookOutLeft=0.7, eyeLookInRight=0.7, eyeBlinkLeft=0.8)
    even = replace(Correction(), mirror_average=1.0).scores(crooked)
    np.testing.assert_allclose(even[SMILES], 0.3)
    half = replace(Correction(), mirror_average=0.5).scores(crooked)
    np.testing.assert_allclose(half[SMILES], [0.45, 0.15])
    others = np.delete(np.arange(52), SMILES)
    np.testing.assert_allclose(even[others], crooked[others], atol=1e-12)


def test_wink_link_brings_the_lids_together() -> None:
    wink = person(eyeBlinkLeft=0.8)
    linked = replace(Correction(), wink_link=1.0).scores(wink)[LIDS,]
    assert linked[0] == pytest.approx(linked[1])
    assert wink[LIDS[1]] < linked[1] < 0.8


def test_in_the_mirror_everything_changes_sides() -> None:
    rng = np.random.default_rng(3)
    correction = Correction(
        *(rng.uniform(0.1, 0.9, 52) for _ in range(4)), np.array([[0.1, 0.6], [0.3, 0.9]]), 0.2, 0.3
    )
    sides = mirrored_indices()
    scores = rng.uniform(0, 1, 52)
    np.testing.assert_allclose(correction.mirrored().scores(scores[sides]), correction.scores(scores)[sides])

"""Every landmark and score is in one region of the face, and the regions are those of a symmetric face."""

from __future__ import annotations

import numpy as np

from flame_model.face import topology as t
from flame_model.head import LANDMARK_COUNT
from mappings.mirror import mirrored_landmarks
from mappings.motion.face_regions import face_regions
from mappings.person.apertures import FACING
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT, mirrored_indices

REGIONS = face_regions()
LEFT, RIGHT = (REGIONS.of_landmark[points[0]] for points in (t.LEFT_LID_ROWS[0], t.RIGHT_LID_ROWS[0]))
BROWS, MOUTH = REGIONS.of_landmark[t.LEFT_BROW[0]], REGIONS.of_landmark[t.LIPS[0]]


def other_side(regions: np.ndarray) -> np.ndarray:
    """Return the regions in a mirror: the eyes change places."""
    swapped = np.arange(len(REGIONS.telling))
    swapped[[LEFT, RIGHT]] = RIGHT, LEFT
    return swapped[regions]


def test_every_landmark_and_score_has_one_of_five_regions() -> None:
    assert REGIONS.of_landmark.shape == (LANDMARK_COUNT,)
    assert REGIONS.of_score.shape == (SIGNAL_COUNT,)
    assert sorted({LEFT, RIGHT, BROWS, MOUTH, REGIONS.upper_face}) == list(range(5))
    assert set(REGIONS.of_landmark) == set(range(5)) == set(range(len(REGIONS.telling)))
    assert set(REGIONS.of_score) == {LEFT, RIGHT, BROWS, MOUTH}


def test_a_mirror_exchanges_the_eyes_alone() -> None:
    np.testing.assert_array_equal(REGIONS.of_landmark[mirrored_landmarks()], other_side(REGIONS.of_landmark))
    np.testing.assert_array_equal(REGIONS.of_score[mirrored_indices()], other_side(REGIONS.of_score))
    left, right = set(REGIONS.telling[LEFT]), set(mirrored_landmarks()[REGIONS.telling[RIGHT]])
    assert left == right


def test_landmarks_that_face_each_other_move_together() -> None:
    for region, pairs in zip((MOUTH, LEFT, RIGHT), FACING, strict=True):
        assert set(REGIONS.of_landmark[pairs.ravel()]) == {region}
    for region, points in ((LEFT, t.LEFT_UPPER_LID), (LEFT, t.LEFT_LOWER_LID), (MOUTH, t.LIPS)):
        assert set(REGIONS.of_landmark[list(points)]) == {region}
    assert set(REGIONS.of_landmark[t.LEFT_IRIS :]) == {LEFT}
    assert set(REGIONS.of_landmark[t.RIGHT_IRIS : t.LEFT_IRIS]) == {RIGHT}


def test_a_region_is_told_by_landmarks_that_move_with_it() -> None:
    """The upper face is told by the skull, with the eyes' corners: lids and brows do not move its place."""
    for region in (LEFT, RIGHT, BROWS, MOUTH):
        assert set(REGIONS.of_landmark[REGIONS.telling[region]]) == {region}
    assert set(REGIONS.telling[REGIONS.upper_face]) == set(t.STILL_POINTS)


def test_scores_belong_to_what_they_move() -> None:
    expected = {"eyeBlinkLeft": LEFT, "eyeLookInRight": RIGHT, "browInnerUp": BROWS, "noseSneerLeft": MOUTH}
    for name, region in expected.items():
        assert REGIONS.of_score[MEDIAPIPE_NAMES.index(name)] == region

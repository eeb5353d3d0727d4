"""The regions of the face whose landmarks and scores are smoothed together, each apart from the others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from flame_model.arrays import Int64Array
from flame_model.face import topology as t
from flame_model.face.measured_face import bundled_measurement
from flame_model.head import LANDMARK_COUNT
from mappings.signals import MEDIAPIPE_NAMES

_NOSE_BASE = 2
_CHIN = (152, 148, 377, 199)
_LEFT_EYE, _RIGHT_EYE, _BROWS, _MOUTH, _UPPER_FACE = range(5)
_IRIS_POINTS = 5


@dataclass(frozen=True, slots=True)
class FaceRegions:
    """R regions: both eyes, the brows, the mouth with everything below the nose, and the upper face."""

    of_landmark: Int64Array
    """(478,) region of every landmark."""
    of_score: Int64Array
    """(52,) region of every score."""
    upper_face: int
    """The region with which the face's place moves."""
    telling: tuple[Int64Array, ...]
    """(R,) landmarks whose movement is the region's: those of lids, brows, lips and chin, and of the
    skull."""


@cache
def face_regions() -> FaceRegions:
    """Return the regions."""
    eyes = [
        _eye(t.LEFT_LID_ROWS, t.LEFT_UPPER_LID, t.LEFT_LOWER_LID, t.LEFT_IRIS),
        _eye(t.RIGHT_LID_ROWS, t.RIGHT_UPPER_LID, t.RIGHT_LOWER_LID, t.RIGHT_IRIS),
    ]
    brows = np.array([*t.LEFT_BROW, *t.RIGHT_BROW])
    height = bundled_measurement().neutral[:, 1]
    of_landmark = np.full(LANDMARK_COUNT, _UPPER_FACE)
    of_landmark[: t.FACE_POINT_COUNT][height < height[_NOSE_BASE]] = _MOUTH
    for region, points in zip((_LEFT_EYE, _RIGHT_EYE, _BROWS), (*eyes, brows), strict=True):
        of_landmark[points] = region
    telling = (*eyes, brows, np.array([*t.LIPS, *_CHIN]), np.array(t.STILL_POINTS))
    of_score = np.array([_of_score(name) for name in MEDIAPIPE_NAMES])
    return FaceRegions(of_landmark, of_score, _UPPER_FACE, telling)


def _eye(
    rows: tuple[tuple[int, ...], ...], upper: tuple[int, ...], lower: tuple[int, ...], iris: int
) -> Int64Array:
    """Return the landmarks of an eye's lids and iris."""
    lids = {*upper, *lower, *(point for row in rows for point in row)}
    return np.array([*sorted(lids), *range(iris, iris + _IRIS_POINTS)])


def _of_score(name: str) -> int:
    """Return the region of a score; `cheekSquint` and `noseSneer` come with the mouth's movements."""
    if name.startswith("eye"):
        return _LEFT_EYE if name.endswith("Left") else _RIGHT_EYE
    return _BROWS if name.startswith("brow") else _MOUTH

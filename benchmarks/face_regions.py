"""Where skin, irises and lips are in a drawing of a head."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from app.model.identity import landmark_places
from flame_model.arrays import Array, FlagArray
from flame_model.deform import deform, prepare
from flame_model.face import topology as t
from flame_model.face.landmarks import at_places
from flame_model.head import Head
from flame_model.params import HeadParams
from render.camera import OrbitCamera

REGIONS = ("skin", "irises", "lips")
_EYES = (
    (t.RIGHT_IRIS, t.RIGHT_UPPER_LID, t.RIGHT_LOWER_LID),
    (t.LEFT_IRIS, t.LEFT_UPPER_LID, t.LEFT_LOWER_LID),
)
_BROWS = (t.RIGHT_BROW, t.LEFT_BROW)


def region_finder(head: Head) -> Callable[[HeadParams, OrbitCamera, tuple[int, int]], dict[str, FlagArray]]:
    """Return a function that gives for head parameters a mask (H, W) of each of REGIONS.

    Its other arguments are the camera and the size (W, H) of the drawing. The regions are polygons between
    the head's landmarks, so the face should look into the camera.
    """
    prepared, places = prepare(head), landmark_places(head)
    assert places is not None, "the regions need a head with known landmarks"

    def regions(params: HeadParams, camera: OrbitCamera, size: tuple[int, int]) -> dict[str, FlagArray]:
        points = _projected(at_places(places, head.faces, deform(prepared, params)), camera, size)

        def filled(*numbers: int) -> FlagArray:
            mask = np.zeros(size[::-1], dtype=np.uint8)
            return np.asarray(cv2.fillPoly(mask, [np.round(points[list(numbers)]).astype(np.int32)], 1) > 0)

        eyes = [filled(*upper, *lower[::-1]) for _, upper, lower in _EYES]
        irises = [filled(*range(iris + 1, iris + 5)) for iris, _, _ in _EYES]
        mouth = filled(*t.UPPER_INNER_LIP, *t.LOWER_INNER_LIP[::-1])
        lips = filled(*t.OUTER_LIPS)
        brows = [filled(*brow[:5], *brow[:4:-1]) for brow in _BROWS]
        others = np.any([*eyes, *brows, lips], axis=0)
        return {
            "skin": filled(*t.FACE_OVAL) & ~others,
            "irises": (eyes[0] & irises[0]) | (eyes[1] & irises[1]),
            "lips": lips & ~mouth,
        }

    return regions


def _projected(points: Array, camera: OrbitCamera, size: tuple[int, int]) -> Array:
    """Return the pixels (N, 2) at which a camera sees points (N, 3)."""
    homogeneous = np.column_stack([points, np.ones(len(points))])
    clip = homogeneous @ (camera.projection(size) @ camera.view()).T
    return (clip[:, :2] / clip[:, 3:] * (1, -1) + 1) / 2 * size

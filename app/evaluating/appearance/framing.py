"""Judge where the head is in its picture: how far off the middle, and how often it leaves the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mappings.frames import FaceObservation

EDGE = 0.01
"""Share of the picture along each edge in which forehead or chin count as out of the picture."""
_FOREHEAD, _CHIN = 10, 152
"""Landmarks of the forehead's upper edge and of the chin."""


class Framing(NamedTuple):
    """Where a head is in its pictures; NaN where its face is never seen."""

    centre: float
    """Median distance of the face's bounding box from the middle of the picture, in the picture's size."""
    out_of_frame: float
    """Share of the frames in which forehead or chin are within EDGE of an edge or beyond it."""

    @classmethod
    def of(cls, observations: Sequence[FaceObservation]) -> Framing:
        """Return the framing of observed faces."""
        if not observations:
            return cls(float("nan"), float("nan"))
        places = np.array([each.landmarks[:, :2] / each.image_size for each in observations])
        middle = (places.min(axis=1) + places.max(axis=1)) / 2.0
        ends = places[:, (_FOREHEAD, _CHIN)]
        outside = ((ends < EDGE) | (ends > 1.0 - EDGE)).any(axis=(1, 2))
        return cls(float(np.median(np.linalg.norm(middle - 0.5, axis=1))), float(outside.mean()))

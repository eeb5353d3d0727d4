"""How far mouth and lids are open in each frame of a recording, to be drawn as curves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flame_model.arrays import Float64Array
from mappings.frames import FaceObservation
from mappings.person.apertures import LEFT_EYE, MOUTH, RIGHT_EYE, apertures

_LEAST_RANGE = np.array([0.25, 0.06])
"""Least range of mouth and lids that fills the height, in eye distances: a still face is no full curve."""


def openings(observations: Sequence[FaceObservation | None]) -> Float64Array:
    """Return how far mouth and lids are open (N, 2), 0..1 within the range of these observations.

    With an aperture a in eye distances (see `mappings.person.apertures`), the mean of both eyes for the lids,

        o = (a - min a) / max(max a - min a, least range)

    Frames without a face are NaN.
    """
    rows = np.full((len(observations), 2), np.nan)
    for row, seen in zip(rows, observations, strict=True):
        if seen is not None:
            found = apertures(seen.landmarks)
            row[:] = found[MOUTH], (found[LEFT_EYE] + found[RIGHT_EYE]) / 2.0
    if np.isnan(rows).all():
        return rows
    low = np.nanmin(rows, axis=0)
    return (rows - low) / np.maximum(np.nanmax(rows, axis=0) - low, _LEAST_RANGE)

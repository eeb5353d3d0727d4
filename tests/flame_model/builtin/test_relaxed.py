"""The built-in head rests as people do: lids and brows at the heights of portraits."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.face.landmarks import rest_landmarks
from flame_model.find_heads import load_head

CORNERS, UPPER_LIDS, LOWER_LIDS = (33, 263), (159, 386), (145, 374)
BROWS = ((66, 296), 0.243), ((105, 334), 0.255), ((52, 282), 0.199)
"""Landmarks of the brows and their median height above the eyes' outer corners in 135 portraits, in widths
between these corners."""


@pytest.fixture(scope="module")
def landmarks() -> Float64Array:
    """Return the landmarks in widths between the eyes' outer corners."""
    head = load_head("builtin")
    assert head.landmarks
    points = rest_landmarks(head, head.landmarks)
    return points / np.linalg.norm(np.diff(points[list(CORNERS)], axis=0))


def test_eyes_are_as_open_as_in_portraits(landmarks: Float64Array) -> None:
    open_by = np.linalg.norm(landmarks[list(UPPER_LIDS)] - landmarks[list(LOWER_LIDS)], axis=1)
    np.testing.assert_allclose(open_by, 0.107, atol=0.012)


@pytest.mark.parametrize(("brow", "height"), BROWS)
def test_brows_are_as_high_as_in_portraits(
    landmarks: Float64Array, brow: tuple[int, int], height: float
) -> None:
    above = landmarks[list(brow), 1] - landmarks[list(CORNERS), 1].mean()
    np.testing.assert_allclose(above, height, atol=0.025)

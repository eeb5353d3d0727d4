"""The ear is round and its ridges are smooth, on as few points as it has."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.ears import COLUMNS, RADII, ear
from flame_model.face.ears import HALF_HEIGHT, out_of_plane
from flame_model.paint.face_colors import SKIN


@pytest.fixture(scope="module")
def rings() -> Float64Array:
    """Return the rings (R, COLUMNS, 3) of the outer side without the pole, the rim last."""
    count = len(RADII) - 1
    vertices = ear(SKIN).vertices[1 : 1 + count * COLUMNS]
    return vertices.reshape(count, COLUMNS, 3)


def test_the_rim_turns_little_at_each_point(rings: Float64Array) -> None:
    """Evenly spaced columns turned by up to 50 degrees at the lobe, which was a visible corner."""
    along = np.roll(rings[-1], -1, axis=0) - rings[-1]
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    turns = np.degrees(np.arccos((along * np.roll(along, -1, axis=0)).sum(axis=1).clip(-1.0, 1.0)))
    assert turns.max() < 40.0


def test_ridges_have_no_saw_teeth(rings: Float64Array) -> None:
    """No point stands out, or back, from both its neighbours on the ring by more than 1 mm; it was 1.8 mm."""
    heights = out_of_plane(rings)
    before, after = heights - np.roll(heights, 1, axis=1), heights - np.roll(heights, -1, axis=1)
    tooth = np.where(before * after > 0.0, np.minimum(np.abs(before), np.abs(after)), 0.0)
    assert tooth.max() < 0.0010


def test_the_ear_is_as_high_as_ears_are(rings: Float64Array) -> None:
    assert np.ptp(rings[-1][:, 1]) == pytest.approx(2.0 * HALF_HEIGHT, rel=0.05)

"""The painted strands: where they cover the head's chart, and that they grow the same everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.face.measured_face import bundled_measurement
from flame_model.paint.hair.painted_strands import strand_picture
from flame_model.paint.hair.strand_picture import combed, scalp
from flame_model.paint.unwrapping.charts import HEAD, SIZE
from flame_model.paint.unwrapping.face_projection import face_pixels, from_middle, to_middle


def test_strands_leave_the_face_free_and_cover_the_scalp() -> None:
    alpha = strand_picture()[..., 3]
    assert alpha.shape == (SIZE, SIZE)
    columns, rows = face_pixels(bundled_measurement().neutral[[1, 33, 263, 61, 152]]).astype(int).T
    assert not alpha[rows, columns].any()
    assert (alpha[:60] == 255).all()


def test_no_skin_shows_along_the_seam_at_the_back() -> None:
    alpha = strand_picture()[HEAD.top : HEAD.top + 450, :, 3]
    assert alpha[:, :8].min() > 250
    assert alpha[:, -8:].min() > 250


def test_places_in_the_chart_lead_back_to_their_angles() -> None:
    angles = np.array([[0.0, 0.3], [-0.7, 1.2], [1.0, -0.4]])
    np.testing.assert_allclose(to_middle(from_middle(angles)), angles, atol=1e-12)


@pytest.mark.parametrize(("angles", "way"), [((0.0, 0.9), (0, 0, -1)), ((0.5, 0.3), (0, -1, 0))])
def test_hair_is_combed_back_on_top_and_down_at_the_sides(
    angles: tuple[float, float], way: tuple[int, int, int]
) -> None:
    point = scalp(np.array([angles]))
    normal = point / np.linalg.norm(point)
    direction = combed(point, normal)[0]
    assert abs(direction @ normal[0]) < 1e-9
    assert direction @ np.array(way) > 0.6

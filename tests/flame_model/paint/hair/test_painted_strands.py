"""Dyed strands: their median is the colour asked for, and strands still differ."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.find_heads import load_head
from flame_model.paint.hair.painted_strands import OWN, dyed, painted_over, strand_picture
from flame_model.paint.recoloring.person_colors import HAIRS


@pytest.mark.parametrize("name", HAIRS)
def test_strands_get_the_colour_and_stay_apart(name: str) -> None:
    strands = strand_picture()
    hair = dyed(strands[..., :3], HAIRS[name])[strands[..., 3] == 255] / 255.0
    np.testing.assert_allclose(np.median(hair, axis=0), HAIRS[name], atol=0.02)
    assert (np.percentile(hair, 95, axis=0) > 1.4 * np.percentile(hair, 5, axis=0)).all()
    assert hair.max() < 1.0


def test_strands_of_their_own_colour_stay_as_painted() -> None:
    strands = strand_picture()[..., :3]
    assert np.abs(dyed(strands, OWN).astype(int) - strands).max() <= 1


def test_skin_away_from_hair_is_not_dyed() -> None:
    head = load_head("builtin")
    points = head.template.astype(np.float64)
    plain, blond = (painted_over(head, points, color).picture for color in (None, HAIRS["blond"]))
    bare = strand_picture()[..., 3] == 0
    np.testing.assert_array_equal(plain[bare], blond[bare])
    assert (plain[:60, 300:700] < blond[:60, 300:700]).mean() > 0.99

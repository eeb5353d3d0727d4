"""The mouth of the ICT head: front teeth close their row, and the tongue has a groove."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.ict import layout
from flame_model.ict.archive import IctMeshes
from flame_model.ict.mouth import groove, grooved_tongue, touching_teeth

INCISORS = (18067, 18143, 18219)
"""First vertices of the left and of the right upper middle incisor, and of the next tooth."""
CONTACT = 0.25
"""Centimetres above the biting edge; teeth touch their neighbours around there."""


@pytest.fixture(scope="module")
def touching(meshes: IctMeshes) -> Float64Array:
    return touching_teeth(meshes.neutral, meshes.polygons)


def _gap(vertices: Float64Array) -> float:
    """Return the centimetres between the upper middle incisors, in front view well above their edges."""
    teeth = (vertices[first:end] for first, end in pairwise(INCISORS))
    left, right = (tooth[tooth[:, 1] > tooth[:, 1].min() + CONTACT] for tooth in teeth)
    return float(left[:, 0].min() - right[:, 0].max())


def test_the_middle_incisors_touch(meshes: IctMeshes, touching: Float64Array) -> None:
    assert _gap(meshes.neutral) > -0.005
    assert _gap(touching) < -0.01


def test_only_teeth_are_widened_and_none_changes_its_height(
    meshes: IctMeshes, touching: Float64Array
) -> None:
    moved = touching - meshes.neutral
    teeth = slice(*layout.TOOTH_VERTICES)
    assert np.linalg.norm(moved[teeth], axis=1).max() < 0.2
    moved[teeth, 0] = moved[teeth, 2] = 0.0
    assert not moved.any()


def test_the_row_of_teeth_stays_as_symmetric_as_it_is(meshes: IctMeshes, touching: Float64Array) -> None:
    for vertices in (meshes.neutral, touching):
        x = vertices[slice(*layout.UPPER_TOOTH_VERTICES), 0]
        assert x.min() == pytest.approx(-x.max(), abs=0.005)


def test_the_tongue_is_lower_along_its_middle(meshes: IctMeshes) -> None:
    opening = meshes.expressions["jawOpen"]
    rise = (grooved_tongue(meshes.neutral, opening) - meshes.neutral)[:, 1]
    deep, aside = rise < -0.1, rise > 0.05
    assert deep.sum() > 5
    assert aside.sum() > 10
    assert np.abs(meshes.neutral[deep, 0]).max() < 0.4
    assert np.abs(meshes.neutral[aside, 0]).min() > 0.4
    changed = np.flatnonzero(np.abs(rise) > 1e-6)
    assert layout.GUM_VERTICES[0] <= changed.min() <= changed.max() < layout.GUM_VERTICES[1]


def test_the_upper_gums_have_no_groove(meshes: IctMeshes) -> None:
    share = groove(meshes.neutral, meshes.expressions["jawOpen"])
    still = np.abs(meshes.expressions["jawOpen"][:, 1]) < 1e-3
    assert share.max() > 0.5
    assert not share[still].any()

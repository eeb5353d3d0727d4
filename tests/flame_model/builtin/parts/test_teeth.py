"""Teeth: single, mirror-symmetric, pale, in gums, and bitten so that the upper row covers the lower one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.builtin.parts.part import Part
from flame_model.builtin.parts.teeth import LOWER, UPPER, Row, arch, teeth

ROWS = [(True, UPPER), (False, LOWER)]


def _is_enamel(part: Part) -> npt.NDArray[np.bool_]:
    """Return which vertices are enamel: of all colours only gums and gaps are clearly red."""
    return np.asarray(part.colors[:, 0] - part.colors[:, 1] < 0.10)


def _front(part: Part) -> npt.NDArray[np.bool_]:
    return np.asarray(np.abs(part.vertices[:, 0]) < 0.010)


@pytest.mark.parametrize("upper", [True, False])
def test_a_row_is_its_own_mirror_image(upper: bool) -> None:
    vertices = teeth(upper=upper).vertices
    mirrored = vertices * [-1.0, 1.0, 1.0]
    gap = np.linalg.norm(vertices[:, None] - mirrored[None], axis=2).min(axis=1)
    assert gap.max() < 1e-9


@pytest.mark.parametrize("upper", [True, False])
def test_front_teeth_are_pale_and_warm(upper: bool) -> None:
    part = teeth(upper=upper)
    front = part.colors[_is_enamel(part) & _front(part)]
    assert np.median(front.min(axis=1)) > 0.70
    assert (front[:, 0] > front[:, 2]).all(), "grey teeth have no red in excess of blue"


@pytest.mark.parametrize(("upper", "row"), ROWS)
def test_gum_lies_beyond_the_crowns(upper: bool, row: Row) -> None:
    part = teeth(upper=upper)
    outer = _front(part) & (part.vertices[:, 2] > part.vertices[_front(part), 2].max() - 0.004)
    enamel, other = outer & _is_enamel(part), outer & ~_is_enamel(part)
    assert (row.sign * part.vertices[other, 1]).max() > (row.sign * part.vertices[enamel, 1]).max() + 0.004


def test_upper_teeth_cover_the_edges_of_the_lower_ones() -> None:
    upper, lower = (teeth(upper=up).vertices for up in (True, False))
    front_upper, front_lower = (v[np.abs(v[:, 0]) < 0.008] for v in (upper, lower))
    assert front_upper[:, 1].min() < front_lower[:, 1].max() - 0.0005
    assert front_upper[:, 2].max() > front_lower[:, 2].max() + 0.001


def test_teeth_stand_side_by_side_along_the_arch() -> None:
    _, points = arch(np.linspace(0.0, 1e-3 * sum(UPPER.widths), 400))
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    assert 0.85 < steps.sum() / (1e-3 * sum(UPPER.widths)) < 1.15
    assert (np.diff(points[:, 0]) > 0.0).all()
    assert (np.diff(points[:, 2]) <= 0.0).all()

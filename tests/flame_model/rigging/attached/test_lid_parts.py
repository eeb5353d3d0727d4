"""Lashes and lid shadows of added heads: they lie where they belong and follow the lids."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.errors import InputError
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import rest_params
from flame_model.rigging.attached.lid_parts import LASHES, LID_MARGIN, SHADOW, with_lid_parts
from flame_model.rigging.eye_opening import find_opening
from flame_model.rigging.eyeball import find_eye


@pytest.fixture(scope="module")
def worn(open_neck: Head) -> Head:
    return with_lid_parts(open_neck)


def vertices_of(head: Head, material: str, side: int) -> np.ndarray:
    """Return the numbers of the vertices of a material on the left (0) or right (1)."""
    number = [each.name for each in head.materials].index(material)
    used = np.unique(head.faces[head.face_materials == number])
    return used[(head.template[used, 0] > 0.0) == (side == 0)]


@pytest.mark.parametrize("side", [0, 1])
def test_the_shadow_lies_on_the_eyeball_and_is_dark_below_the_upper_lid(worn: Head, side: int) -> None:
    eye, ring = find_eye(worn, side), vertices_of(worn, SHADOW, side)
    distance = np.linalg.norm(worn.template[ring] - eye.center, axis=1)
    assert distance.min() > eye.radius
    assert distance.max() < eye.front + 0.0003
    upper = worn.template[ring, 1] > eye.center[1]
    shade = worn.vertex_colors[ring].mean(axis=1)
    assert shade[upper].min() < 0.5
    assert shade[~upper].min() > shade[upper].min() + 0.05
    assert (shade == 1.0).sum() >= len(ring) // 3, "it fades out"


@pytest.mark.parametrize("side", [0, 1])
def test_a_margin_lies_between_lid_and_eyeball_and_faces_outwards(worn: Head, side: int) -> None:
    eye, rim = find_eye(worn, side), vertices_of(worn, LID_MARGIN, side)
    opening = find_opening(worn, side)
    edges = np.concatenate([opening.upper_rim, opening.lower_rim])
    away = np.linalg.norm(worn.template[rim][:, None] - edges, axis=2).min(axis=1)
    assert np.median(away) < 0.0015, "the lids of this head are 1.5 mm thick"
    assert away.max() < 0.003
    corners = worn.template[worn.faces[np.isin(worn.faces, rim).all(axis=1)]].astype(float) - eye.center
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert ((normals * corners.mean(axis=1)).sum(axis=1) > 0.0).mean() > 0.95


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("closure", [0.0, 0.5, 1.0])
def test_lashes_stay_on_the_upper_lid_while_it_shuts(worn: Head, side: int, closure: float) -> None:
    roots = vertices_of(worn, LASHES, side)[::4]
    rest = rest_params(worn.expression_count)
    posed = deform(prepare(worn), replace(rest, eyelids=np.full(2, closure)))
    parts = [vertices_of(worn, part, each) for part in (LASHES, SHADOW, LID_MARGIN) for each in (0, 1)]
    skin = np.delete(posed, np.concatenate(parts), axis=0)
    away = np.linalg.norm(posed[roots][:, None] - skin[None], axis=2).min(axis=1)
    assert away.max() < 0.0015


def test_lashes_point_forwards_and_up_and_are_longest_outside_the_middle(worn: Head) -> None:
    card = worn.template[vertices_of(worn, LASHES, 0)].reshape(-1, 4, 3)
    ahead = card[:, -1] - card[:, 0]
    assert (ahead[:, 2] > 0.0).all()
    assert (ahead[3:-3, 1] > 0.0).all()
    assert 0.002 < np.linalg.norm(ahead, axis=1).mean() < 0.010
    assert card[0, 0, 0] > card[-1, 0, 0], "from the outer corner inwards"


def test_the_opening_of_the_eyes_stays_as_it_is(open_neck: Head, worn: Head) -> None:
    for side in range(2):
        before, after = find_opening(open_neck, side), find_opening(worn, side)
        np.testing.assert_allclose(after.upper_rim, before.upper_rim)


def test_what_a_head_has_is_not_made_again() -> None:
    head = load_head("builtin")
    assert with_lid_parts(head) is head


def test_a_head_without_eyeballs_is_refused(open_neck: Head) -> None:
    weights = open_neck.skin_weights.copy()
    weights[:, 1] += weights[:, 3:].sum(axis=1)
    weights[:, 3:] = 0.0
    with pytest.raises(InputError, match="no left eyeball"):
        with_lid_parts(replace(open_neck, skin_weights=weights))

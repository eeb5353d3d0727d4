"""The shirt of added heads: it hides the end of the neck, stays outside the skin and does not turn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.builtin.parts.shirt import COLUMNS
from flame_model.builtin.skin.bust_distance_field import collar_size, torso_distance
from flame_model.deform import deform, prepare
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import rest_params
from flame_model.rigging.attached.fitted_shirt import CLOTH, with_shirt


@pytest.fixture(scope="module")
def worn(open_neck: Head) -> Head:
    assert open_neck.landmarks
    return with_shirt(open_neck, open_neck.landmarks)


def cloth(head: Head) -> np.ndarray:
    """Return the numbers of the shirt's vertices."""
    number = [each.name for each in head.materials].index(CLOTH)
    return np.unique(head.faces[head.face_materials == number])


def test_the_shirt_goes_on_where_the_neck_ends(open_neck: Head, worn: Head) -> None:
    shirt = worn.template[cloth(worn)]
    count = len(open_neck.template)
    np.testing.assert_array_equal(worn.template[:count], open_neck.template)
    assert shirt[:, 1].min() < open_neck.template[:, 1].min() - 0.05
    assert shirt[:, 1].max() > open_neck.template[:, 1].min() + 0.02


def test_wider_shoulders_let_the_shirt_out(open_neck: Head) -> None:
    """The end of the neck is drawn apart until it would come through the shirt that the head had before."""
    assert open_neck.landmarks
    share = np.clip((-0.12 - open_neck.template[:, 1]) / 0.05, 0.0, 1.0)[:, None]
    wide = open_neck.template + share * (open_neck.template - [0.0, 0.0, -0.108]) * [0.35, 0.0, 0.35]
    head = replace(open_neck, template=wide.astype(np.float32))
    plain, let_out = (with_shirt(each, open_neck.landmarks) for each in (open_neck, head))
    before, after = plain.template[cloth(plain)], let_out.template[cloth(let_out)]
    skin = wide[(wide[:, 1] < -0.14) & (collar_size(wide) > 1.0)]
    assert torso_distance(skin).max() > torso_distance(before).max(), "it would come through"
    near = np.linalg.norm(skin[:, None] - after[None], axis=2).argmin(axis=1)
    assert (torso_distance(after[near]) > torso_distance(skin)).mean() > 0.98


def test_shirt_and_shoulders_stay_while_the_head_turns(worn: Head) -> None:
    rest = rest_params(worn.expression_count)
    turned = deform(prepare(worn), replace(rest, neck=np.array([0.0, 0.7, 0.0])))
    moved = np.linalg.norm(turned - worn.template, axis=1)
    assert moved[cloth(worn)].max() < 1e-6
    low = (worn.template[:, 1] < -0.12) & (collar_size(worn.template.astype(np.float64)) > 1.1)
    assert low.any()
    assert moved[low].max() < 1e-3
    assert moved[worn.template[:, 1] > 0.0].max() > 0.05


def test_the_shirt_goes_with_the_neck_of_every_identity(open_neck: Head) -> None:
    assert open_neck.landmarks
    rising = np.zeros((*open_neck.template.shape, 1), np.float32)
    rising[:, 1] = 0.02
    worn = with_shirt(replace(open_neck, identity_basis=rising), open_neck.landmarks)
    np.testing.assert_allclose(worn.identity_basis[cloth(worn), 1], 0.02, atol=1e-6)


def test_the_lining_ends_inside_the_neck(open_neck: Head, worn: Head) -> None:
    lining = worn.template[cloth(worn)][:COLUMNS] - [0.0, 0.0, -0.108]
    skin = open_neck.template - [0.0, 0.0, -0.108]
    skin = skin[(skin[:, 1] > lining[:, 1].min()) & (skin[:, 1] < -0.12)]
    outwards, around = (np.hypot(points[:, 0], points[:, 2]) for points in (lining, skin))
    azimuths, places = (np.arctan2(points[:, 0], points[:, 2]) for points in (lining, skin))
    for radius, azimuth in zip(outwards, azimuths, strict=True):
        near = np.abs(np.angle(np.exp(1j * (places - azimuth)))) < 0.3
        assert around[near].max() > radius


def test_a_neck_that_ends_above_the_collar_gets_none(open_neck: Head) -> None:
    assert open_neck.landmarks
    short = replace(open_neck, faces=open_neck.faces.copy())
    low = short.template[short.faces][..., 1].min(axis=1) < -0.105
    short.faces[low] = short.faces[0]
    assert with_shirt(short, open_neck.landmarks) is short


def test_a_head_with_a_shirt_keeps_its_own(worn: Head) -> None:
    assert worn.landmarks
    assert with_shirt(worn, worn.landmarks) is worn
    builtin = load_head("builtin")
    assert builtin.landmarks is None or with_shirt(builtin, builtin.landmarks) is builtin

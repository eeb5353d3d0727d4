"""Hair on a head: what it covers, what it leaves alone, and how it moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.errors import InputError
from flame_model.face.landmarks import rest_landmarks
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.paint.hair.styles import LONG, NONE, SHORT, STYLES
from flame_model.paint.hair.wear import usual_hair, with_hair
from flame_model.params import rest_params
from tests.synthetic_heads import mixed_flame_head


@pytest.fixture(scope="module")
def bare() -> Head:
    return load_head("builtin")


@pytest.fixture(scope="module")
def short(bare: Head) -> Head:
    return with_hair(bare, SHORT)


@pytest.fixture(scope="module")
def long(bare: Head) -> Head:
    return with_hair(bare, LONG)


def test_none_leaves_the_head_as_it_is(bare: Head) -> None:
    assert with_hair(bare, NONE) is bare


def test_only_the_built_in_head_wears_hair_unasked(bare: Head) -> None:
    assert usual_hair(bare) == SHORT
    assert usual_hair(mixed_flame_head()) == NONE


def test_short_hair_lifts_and_darkens_the_scalp(bare: Head, short: Head) -> None:
    crown = bare.template[:, 1] > 0.13
    lifted = np.linalg.norm(short.template - bare.template, axis=1)
    assert lifted[crown].min() > 0.008
    assert short.texture
    assert bare.texture
    assert short.texture.picture[:60, 300:700].mean() < 0.5 * bare.texture.picture[:60, 300:700].mean()


@pytest.mark.parametrize("style", [SHORT, LONG])
def test_the_face_stays_as_it_is(bare: Head, style: str) -> None:
    haired = with_hair(bare, style)
    assert haired.landmarks
    assert bare.landmarks
    np.testing.assert_array_equal(
        rest_landmarks(haired, haired.landmarks), rest_landmarks(bare, bare.landmarks)
    )
    assert haired.texture
    assert bare.texture
    middle = slice(260, 700), slice(320, 700)
    np.testing.assert_array_equal(haired.texture.picture[middle], bare.texture.picture[middle])


@pytest.mark.parametrize("style", [SHORT, LONG])
def test_the_joints_stay_as_they_are(bare: Head, style: str) -> None:
    haired = with_hair(bare, style)
    np.testing.assert_allclose(
        haired.joint_regressor @ haired.template, bare.joint_regressor @ bare.template, atol=1e-6
    )


def test_long_hair_reaches_the_collar_and_leaves_the_face_open(bare: Head, long: Head) -> None:
    locks = long.template[len(bare.template) :]
    assert -0.15 < locks[:, 1].min() < -0.10
    beside_face = locks[(locks[:, 1] < 0.05) & (locks[:, 2] > -0.02)]
    assert np.abs(beside_face[:, 0]).min(initial=1.0) > 0.05


def test_long_hair_turns_with_the_skull_but_hardly_with_the_face(bare: Head, long: Head) -> None:
    prepared, rest = prepare(long), rest_params(long.expression_count)
    locks = slice(len(bare.template), None)
    smiling = deform(prepared, replace(rest, expression=np.ones(long.expression_count)))
    np.testing.assert_allclose(smiling[locks], prepared.rest_vertices[locks], atol=1e-6)
    turned = deform(prepared, replace(rest, neck=np.array([0.0, 0.6, 0.0])))
    moved = np.linalg.norm(turned - prepared.rest_vertices, axis=1)[locks]
    high = prepared.rest_vertices[locks, 1] > 0.0
    assert moved[high].max() > 0.04
    assert moved.min() < moved.max()


def test_locks_are_closed_surfaces(bare: Head, long: Head) -> None:
    faces = long.faces[len(bare.faces) :]
    sides = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    _, uses = np.unique(np.sort(sides, axis=1), axis=0, return_counts=True)
    assert set(uses.tolist()) == {2}
    corners = long.template[faces].astype(float)
    volume = np.einsum("fi,fi->f", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6.0
    assert volume > 0.0, "faces point outwards"


def test_a_head_without_a_painted_texture_cannot_wear_hair() -> None:
    with pytest.raises(InputError, match="no painted texture"):
        with_hair(mixed_flame_head(), SHORT)


def test_a_texture_in_another_layout_is_refused(bare: Head) -> None:
    assert bare.texture
    mirrored = replace(bare.texture, coords=1.0 - bare.texture.coords)
    with pytest.raises(InputError, match="its own"):
        with_hair(replace(bare, name="other", texture=mirrored), SHORT)


def test_an_unknown_style_is_refused(bare: Head) -> None:
    with pytest.raises(InputError, match=", ".join(STYLES)):
        with_hair(bare, "mohawk")

"""Heads in other colours: skin with lips, irises and brows change, and everything else stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.arrays import Array
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.paint.paint_from_landmarks import paint_head
from flame_model.paint.painted_texture import paint_texture
from flame_model.paint.recoloring.color_regions import ColorRegions, find_regions
from flame_model.paint.recoloring.person_colors import (
    BROWS,
    EYES,
    PARTS,
    PRESETS,
    SKINS,
    PersonColors,
    color_along,
    place_along,
)
from flame_model.paint.recoloring.recolor import recolored
from flame_model.paint.recoloring.texture_pixels import landmark_pixels
from tests.synthetic_heads import mixed_flame_head

CHEEK, FOREHEAD, LIP, CHIN = 205, 151, 16, 199


@pytest.fixture(scope="module", params=["builtin", "flame"])
def head(request: pytest.FixtureRequest) -> Head:
    """Return the built-in head, and a FLAME file's with the paint that added heads get."""
    builtin = load_head("builtin")
    places = true_landmarks(builtin)
    if request.param == "builtin":
        return replace(builtin, landmarks=places)
    painted = replace(paint_head(mixed_flame_head(), places), landmarks=places)
    return paint_texture(painted, places)


@pytest.fixture(scope="module")
def regions(head: Head) -> ColorRegions:
    assert head.landmarks
    return find_regions(head, head.landmarks)


def seen(head: Head, landmark: int) -> Array:
    """Return the texture's mean colour (3,) of 7 x 7 pixels at a landmark."""
    assert head.texture
    assert head.landmarks
    column, row = landmark_pixels(head.texture, head.landmarks)[landmark].astype(int)
    around = head.texture.picture[row - 3 : row + 4, column - 3 : column + 4] / 255.0
    return np.asarray(around.mean(axis=(0, 1)))


def iris(head: Head, regions: ColorRegions) -> Array:
    """Return the mean colour (3,) of the irises, in the texture or on the vertices of the eyeballs."""
    assert head.texture
    if regions.irises is not None and regions.irises.any():
        return np.asarray(head.texture.picture[regions.irises > 0.9].mean(axis=0) / 255.0)
    return np.asarray(head.vertex_colors[regions.balls][regions.ball_irises > 0.9].mean(axis=0))


def brow(head: Head, regions: ColorRegions) -> Array:
    """Return the mean colour (3,) of the brow hairs."""
    assert head.texture
    assert regions.hairs is not None
    return np.asarray(head.texture.picture[regions.hairs > 0.6].mean(axis=0) / 255.0)


def test_a_heads_own_colours_change_nothing(head: Head, regions: ColorRegions) -> None:
    assert head.texture
    same = recolored(head, regions, regions.own)
    assert same.texture
    assert np.abs(same.texture.picture.astype(int) - head.texture.picture).max() <= 1
    np.testing.assert_allclose(same.vertex_colors, head.vertex_colors, atol=1e-6)
    nothing = recolored(head, regions, PersonColors())
    assert nothing.texture
    assert (nothing.texture.picture == head.texture.picture).all()


@pytest.mark.parametrize("name", SKINS)
def test_skin_gets_the_colour_and_lips_stay_redder(head: Head, regions: ColorRegions, name: str) -> None:
    other = recolored(head, regions, PersonColors(skin=SKINS[name]))
    assert np.abs(np.mean([seen(other, CHEEK), seen(other, FOREHEAD)], axis=0) - SKINS[name]).max() < 0.06
    skin, lip = seen(other, CHIN), seen(other, LIP)
    assert lip[0] / lip[1] > 1.15 * skin[0] / skin[1]


def test_skin_changes_neither_eyes_nor_teeth(head: Head, regions: ColorRegions) -> None:
    other = recolored(head, regions, PersonColors(skin=SKINS["deep"]))
    np.testing.assert_allclose(iris(other, regions), iris(head, regions), atol=0.01)
    names = np.array([material.name for material in head.materials])[head.face_materials]
    rest = np.unique(head.faces[np.isin(names, ["teeth", "tongue", "eye", "lashes"])])
    assert (other.vertex_colors[rest] == head.vertex_colors[rest]).all()


@pytest.mark.parametrize("name", EYES)
def test_irises_get_the_colour_and_the_whites_stay(head: Head, regions: ColorRegions, name: str) -> None:
    other = recolored(head, regions, PersonColors(eyes=EYES[name]))
    change = iris(other, regions) / iris(head, regions)
    assert regions.own.eyes
    np.testing.assert_allclose(change, np.array(EYES[name]) / regions.own.eyes, rtol=0.12)
    white = head.vertex_colors[regions.balls][:, 0] > 0.9
    assert (other.vertex_colors[regions.balls][white] == head.vertex_colors[regions.balls][white]).all()


@pytest.mark.parametrize("skin", [None, "deep"])
def test_brows_change_without_the_skin_around_them(
    head: Head, regions: ColorRegions, skin: str | None
) -> None:
    tone = None if skin is None else SKINS[skin]
    plain = recolored(head, regions, PersonColors(skin=tone))
    blond = recolored(head, regions, PersonColors(skin=tone, brows=BROWS["blond"]))
    assert (brow(blond, regions) > brow(plain, regions) + 0.05).all()
    for landmark in (CHEEK, FOREHEAD, CHIN):
        np.testing.assert_allclose(seen(blond, landmark), seen(plain, landmark), atol=0.005)


def test_brows_as_light_as_the_skin_are_darkened_so_that_they_show(head: Head, regions: ColorRegions) -> None:
    same = recolored(head, regions, PersonColors(skin=SKINS["brown"], brows=SKINS["brown"]))
    assert (brow(same, regions) < 0.9 * seen(same, FOREHEAD)).all()


def test_a_head_without_a_texture_is_recoloured_on_its_vertices(head: Head) -> None:
    assert head.landmarks
    tan, plain = np.array(SKINS["tan"]), replace(head, texture=None)
    bare = find_regions(plain, head.landmarks)
    assert bare.own.brows is None
    other = recolored(plain, bare, PersonColors(skin=SKINS["tan"], brows=BROWS["grey"]))
    assert bare.own.skin
    ratio = other.vertex_colors[bare.vertices] / np.maximum(plain.vertex_colors[bare.vertices], 1e-6)
    np.testing.assert_allclose(np.median(ratio, axis=0), tan / bare.own.skin, rtol=0.02)


@pytest.mark.parametrize("part", PARTS)
def test_sliders_pass_through_all_six_presets(part: str) -> None:
    assert len(PRESETS[part]) == 6
    for number, color in enumerate(PRESETS[part].values()):
        assert color_along(part, number / 5.0) == pytest.approx(color)
        assert place_along(part, color) == pytest.approx(number / 5.0)


def test_skins_go_from_pale_to_dark() -> None:
    light = [sum(color) for color in SKINS.values()]
    assert light == sorted(light, reverse=True)

"""Colours by name: only those are known that --help lists, and a head that cannot show them says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.model.colors import dressed, named_colors, with_colors
from flame_model.errors import InputError
from flame_model.find_heads import load_head
from flame_model.paint.hair.styles import NONE, SHORT
from flame_model.paint.recoloring.person_colors import BROWS, HAIRS, SKINS, PersonColors


def test_names_become_colours_and_none_stays_none() -> None:
    assert named_colors(skin="tan", eyes=None, brows="grey") == PersonColors(
        SKINS["tan"], None, BROWS["grey"]
    )
    assert named_colors(hair="blond") == PersonColors(hair=HAIRS["blond"])


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="'plaid' for skin; name one of porcelain"):
        named_colors(skin="plaid")


def test_without_colours_the_head_is_the_same_one() -> None:
    head = load_head("builtin")
    assert with_colors(head, PersonColors(), pytest.fail) is head


def test_what_a_head_does_not_show_is_told() -> None:
    head, said = load_head("builtin"), []
    bare = replace(head, texture=None)
    with_colors(bare, PersonColors(brows=BROWS["blond"]), said.append)
    assert "shows no brows" in said.pop()
    other = replace(head, name="other", landmarks=None)
    assert with_colors(other, PersonColors(skin=SKINS["tan"]), said.append) is other
    assert "no landmarks" in said.pop()


def test_hair_keeps_its_colour_when_the_skin_changes() -> None:
    head = load_head("builtin")
    crown = np.s_[:60, 300:700]
    plain, dark = (
        dressed(head, SHORT, PersonColors(skin=skin), pytest.fail) for skin in (None, SKINS["deep"])
    )
    assert plain.texture
    assert dark.texture
    np.testing.assert_array_equal(plain.texture.picture[crown], dark.texture.picture[crown])


def test_a_hair_colour_without_hair_is_told() -> None:
    head, said = load_head("builtin"), []
    assert dressed(head, NONE, PersonColors(hair=HAIRS["grey"]), said.append) is head
    assert "--hair short" in said.pop()

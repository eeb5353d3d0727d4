"""Backgrounds are parsed from text."""

from __future__ import annotations

import pytest

from flame_model.errors import InputError
from render.scene.background import STUDIO, Background


def test_known_backgrounds() -> None:
    assert Background.parse("studio") == STUDIO
    assert Background.parse("transparent").alpha == 0.0
    assert Background.parse(" White ").color == (1.0, 1.0, 1.0)
    assert Background.parse("green").color is not None


def test_hexadecimal_color() -> None:
    assert Background.parse("#FF8000").color == pytest.approx((1.0, 128 / 255, 0.0))


def test_two_colours_are_a_gradient_from_top_to_bottom() -> None:
    gradient = Background.parse("white, #000000")
    assert gradient.color == (1.0, 1.0, 1.0)
    assert gradient.lower == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "text", ["", "pinkish", "#12345", "#gggggg", "ff8000", "white,", "white,pink", "white,black,white"]
)
def test_anything_else_is_refused_with_the_choices(text: str) -> None:
    with pytest.raises(InputError, match=r"studio.*#rrggbb"):
        Background.parse(text)

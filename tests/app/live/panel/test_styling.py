"""Colours and hair of the head in the window: sliders and styles reach the drawing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.live.panel.styling import Styling
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.paint.hair.styles import LONG, NONE, SHORT, STYLES
from flame_model.paint.recoloring.person_colors import EYES, HAIR, HAIRS, PARTS, SKINS, PersonColors


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


class Shown:
    """A styling with a record of what it gave the head."""

    def __init__(self, head: Head, colors: PersonColors | None = None, style: str = SHORT) -> None:
        self.colored: list[Head] = []
        self.restyled: list[Head] = []
        self.styling = Styling(
            head,
            colors or PersonColors(),
            style,
            set_colors=self.colored.append,
            set_head=self.restyled.append,
        )
        self.styling.start()
        self.styling.wait()

    def places(self) -> dict[str, float]:
        return dict(self.styling.sliders())


def test_sliders_start_at_the_colours_that_are_shown(head: Head) -> None:
    chosen = Shown(head, PersonColors(skin=SKINS["deep"], eyes=EYES["blue"])).places()
    assert tuple(chosen) == PARTS
    assert chosen["skin"] == 1.0
    assert chosen["eyes"] == 0.0
    assert 0.0 < Shown(head).places()["skin"] < 0.5


def test_a_slider_changes_the_picture_and_the_own_colours_return(head: Head) -> None:
    shown = Shown(head, style=NONE)
    start = shown.places()
    shown.styling.move({"skin": 1.0})
    assert shown.colored[0].texture
    assert head.texture
    assert shown.colored[0].texture.picture.mean() < 0.6 * head.texture.picture.mean()
    assert shown.places()["skin"] == 1.0
    shown.styling.plain()
    assert shown.colored[1].texture
    assert (shown.colored[1].texture.picture == head.texture.picture).all()
    assert shown.places() == start


def test_a_style_is_chosen_once_and_stays_with_other_colours(head: Head) -> None:
    shown = Shown(head)
    assert shown.styling.styles == STYLES
    shown.styling.wear(LONG)
    shown.styling.wear(LONG)
    assert shown.styling.style == LONG
    assert len(shown.restyled) == 1
    assert len(shown.restyled[0].template) > len(head.template)
    shown.styling.move({HAIR: 1.0})
    assert len(shown.colored[0].template) == len(shown.restyled[0].template), "the style stays"


def test_the_hair_slider_changes_the_hair_alone(head: Head) -> None:
    shown = Shown(head, PersonColors(hair=HAIRS["black"]))
    assert shown.places()[HAIR] == 0.0
    shown.styling.move({HAIR: 1.0})
    assert shown.places()[HAIR] == 1.0
    assert shown.colored[0].texture
    assert head.texture
    crown, face = np.s_[:60, 300:700], np.s_[300:700, 320:700]
    assert shown.colored[0].texture.picture[crown].mean() > 90
    np.testing.assert_array_equal(shown.colored[0].texture.picture[face], head.texture.picture[face])


def test_without_hair_there_is_no_slider_for_it(head: Head) -> None:
    shown = Shown(head)
    assert HAIR in shown.places()
    shown.styling.wear(NONE)
    assert HAIR not in shown.places()


def test_a_head_that_cannot_wear_hair_has_no_styles_and_one_without_landmarks_no_colours(head: Head) -> None:
    assert not Shown(replace(head, texture=None), style=NONE).styling.styles
    bare = Shown(replace(head, landmarks=None, name="other"), style=NONE)
    assert not bare.places()
    assert not bare.styling.styles

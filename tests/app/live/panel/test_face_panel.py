"""The face panel: sliders and hair styles reach the head, and a saved face can be loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.live.panel.face_panel import BUTTONS, MOST, REACH, STYLE, FacePanel
from app.live.panel.named_choice import NamedChoice
from app.live.panel.styling import Styling
from app.recording.kept_files import KeptFiles
from flame_model.files.identity_file import read_identity
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.paint.hair.styles import LONG, NONE, SHORT, STYLES
from flame_model.paint.recoloring.person_colors import EYES, HAIRS, PARTS, SKINS, PersonColors
from render.looks.names import CLAY, LOOK_NAMES, STUDIO
from render.ui.panel import Answer

RESET, RANDOM, SAVE = BUTTONS


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


class Shown:
    """A panel with a record of its notices and of what it gave the head."""

    def __init__(
        self,
        head: Head,
        baked: np.ndarray | None = None,
        colors: PersonColors | None = None,
        style: str = SHORT,
        folder: Path | None = None,
    ) -> None:
        self.faces: list[np.ndarray] = []
        self.colored: list[Head] = []
        self.restyled: list[Head] = []
        self.said: list[str] = []
        styling = Styling(
            head,
            colors or PersonColors(),
            style,
            set_colors=self.colored.append,
            set_head=self.restyled.append,
        )
        self.looks: list[str] = []
        looks = NamedChoice("look", LOOK_NAMES, STUDIO, show=self.looks.append, say=self.said.append)
        self.panel = FacePanel(
            head,
            baked,
            styling,
            (looks,),
            set_identity=self.faces.append,
            say=self.said.append,
            files=KeptFiles(folder, "builtin"),
        )
        self.panel.toggle()

    def press(self, button: str) -> None:
        self.panel.take(Answer({}, button))

    def choose(self, style: str) -> None:
        self.panel.take(Answer({}, None, {STYLE: style}))

    def style(self) -> str:
        shown = self.panel.panel()
        assert shown is not None
        _, hair = shown.choices
        assert tuple(hair.options) == STYLES
        return hair.chosen

    def values(self) -> list[float]:
        shown = self.panel.panel()
        assert shown is not None
        return [value for _, value in shown.sliders]

    def identity(self) -> list[float]:
        return self.values()[len(PARTS) :]


def test_sliders_bear_the_names_of_the_components(head: Head) -> None:
    shown = Shown(head).panel.panel()
    assert shown is not None
    assert tuple(name for name, _ in shown.sliders) == (*PARTS, *head.identity_names)
    unnamed = Shown(replace(head, identity_names=())).panel.panel()
    assert unnamed is not None
    assert unnamed.sliders[len(PARTS) + 2][0] == "identity 3"
    assert len(unnamed.sliders) == len(PARTS) + min(MOST, head.identity_count)


def test_a_moved_slider_changes_the_head_once(head: Head) -> None:
    panel = Shown(head)
    panel.panel.take(Answer({len(PARTS) + 1: 2.0}, None))
    panel.panel.take(Answer({}, None))
    assert len(panel.faces) == 1
    assert panel.faces[0][1] == 2.0
    assert panel.identity()[1] == 2.0
    assert not panel.colored


def test_a_face_from_a_file_is_where_sliders_start_and_reset_returns(head: Head) -> None:
    start = np.full(head.identity_count, 0.5)
    panel = Shown(head, start)
    assert panel.identity() == start.tolist()
    panel.panel.take(Answer({len(PARTS): 1.5}, None))
    assert panel.faces[-1][0] == 1.0, "only what is added to the template"
    panel.press(RESET)
    assert not panel.faces[-1].any()
    assert panel.identity() == start.tolist()


def test_random_faces_stay_within_reach_and_differ(head: Head) -> None:
    panel = Shown(head)
    for _ in range(2):
        panel.press(RANDOM)
    first, second = panel.faces
    assert np.abs(first - second).max() > 0.1
    assert np.abs(panel.faces).max() <= REACH


@pytest.mark.parametrize("named", [True, False])
def test_a_saved_face_can_be_used_again(head: Head, named: bool, tmp_path: Path) -> None:
    head = head if named else replace(head, identity_names=())
    panel = Shown(head, folder=tmp_path)
    panel.panel.take(Answer({len(PARTS): 1.25, len(PARTS) + 3: -2.0}, None))
    panel.press(SAVE)
    (path,) = tmp_path.glob("flame-cam-*.json")
    assert path.name in panel.said[-1]
    assert np.allclose(read_identity(path, head), panel.identity())


def test_a_folder_that_cannot_be_written_is_told(head: Head, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("no folder")
    panel = Shown(head, folder=tmp_path / "words")
    panel.press(SAVE)
    assert "not saved: " in panel.said[-1]
    assert str(tmp_path / "words") in panel.said[-1]


def test_a_head_with_one_face_only_still_has_colours(head: Head) -> None:
    bare = Shown(replace(head, identity_basis=head.identity_basis[:, :, :0], identity_names=()))
    assert len(bare.values()) == len(PARTS)


def test_a_head_without_anything_else_to_change_has_looks(head: Head) -> None:
    bare = replace(head, identity_basis=head.identity_basis[:, :, :0], identity_names=(), name="other")
    panel = Shown(replace(bare, landmarks=None))
    shown = panel.panel.panel()
    assert shown is not None
    assert not shown.sliders
    assert not shown.buttons
    assert [choice.label for choice in shown.choices] == ["look"]


def test_colour_sliders_start_at_the_colours_that_are_shown(head: Head) -> None:
    chosen = Shown(head, colors=PersonColors(skin=SKINS["deep"], eyes=EYES["blue"]))
    assert chosen.values()[:2] == [REACH, -REACH]
    assert -REACH < Shown(head).values()[0] < 0.0


def test_a_colour_slider_changes_the_picture_and_reset_returns(head: Head) -> None:
    panel = Shown(head, style=NONE)
    start = panel.values()
    panel.panel.take(Answer({0: REACH}, None))
    assert not panel.faces
    assert panel.colored[0].texture
    assert head.texture
    assert panel.colored[0].texture.picture.mean() < 0.6 * head.texture.picture.mean()
    assert panel.values()[0] == REACH
    panel.press(RESET)
    assert panel.colored[1].texture
    assert (panel.colored[1].texture.picture == head.texture.picture).all()
    assert panel.values() == start


def test_a_style_is_chosen_while_the_window_runs_and_reset_returns(head: Head) -> None:
    panel = Shown(head)
    assert panel.style() == SHORT
    panel.choose(LONG)
    panel.choose(LONG)
    assert panel.style() == LONG
    assert len(panel.restyled) == 1
    assert len(panel.restyled[0].template) > len(head.template)
    panel.panel.take(Answer({len(PARTS) - 1: REACH}, None))
    assert len(panel.colored[0].template) == len(panel.restyled[0].template), "the style stays"
    panel.press(RESET)
    assert panel.style() == SHORT
    assert len(panel.restyled[1].template) == len(head.template)
    assert not panel.faces


def test_the_hair_slider_changes_the_hair_alone(head: Head) -> None:
    panel = Shown(head, colors=PersonColors(hair=HAIRS["black"]))
    assert panel.values()[len(PARTS) - 1] == -REACH
    panel.panel.take(Answer({len(PARTS) - 1: REACH}, None))
    assert panel.values()[len(PARTS) - 1] == REACH
    assert panel.colored[0].texture
    assert head.texture
    crown, face = np.s_[:60, 300:700], np.s_[300:700, 320:700]
    assert panel.colored[0].texture.picture[crown].mean() > 90
    np.testing.assert_array_equal(panel.colored[0].texture.picture[face], head.texture.picture[face])


def test_without_hair_there_is_no_slider_for_it(head: Head) -> None:
    panel = Shown(head)
    count = len(panel.values())
    panel.choose(NONE)
    assert len(panel.values()) == count - 1
    panel.panel.take(Answer({len(PARTS) - 1: 1.0}, None))
    assert len(panel.faces) == 1, "the first identity component follows the colours"


def test_a_look_is_chosen_beside_the_hair(head: Head) -> None:
    panel = Shown(head)
    panel.panel.take(Answer({}, None, {"look": CLAY}))
    assert panel.looks == [CLAY]
    assert not panel.restyled


def test_a_head_that_cannot_wear_hair_has_no_styles(head: Head) -> None:
    shown = Shown(replace(head, texture=None), style=NONE).panel.panel()
    assert shown is not None
    assert [choice.label for choice in shown.choices] == ["look"]

"""The section Face: sliders reach the head, and faces can be saved and are kept by head."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.live.panel.sections.face import MOST, RANDOM, REACH, RESET, SAVE, FaceSection, read_faces
from app.recording.kept_files import KeptFiles
from flame_model.files.identity_file import read_identity
from flame_model.head import Head
from render.ui.widgets import Answers, Slider


class Shown:
    """A section with a record of its notices, of what it gave the head and of what it kept."""

    def __init__(
        self,
        head: Head,
        baked: np.ndarray | None = None,
        folder: Path | None = None,
        faces: dict[str, list[float]] | None = None,
    ) -> None:
        self.faces: list[np.ndarray] = []
        self.said: list[str] = []
        self.kept: dict[str, object] = {}
        self.section = FaceSection(
            "builtin",
            head,
            baked,
            faces=faces or {},
            set_identity=self.faces.append,
            keep=self.kept.__setitem__,
            say=self.said.append,
            files=KeptFiles(folder, "builtin"),
        )

    def press(self, button: str) -> None:
        self.section.take(Answers(pressed=button))

    def move(self, **values: float) -> None:
        self.section.take(Answers(moved={name.replace("_", " "): value for name, value in values.items()}))

    def sliders(self) -> dict[str, float]:
        return {each.label: each.value for each in self.section.widgets() if isinstance(each, Slider)}


def test_sliders_bear_the_names_of_the_components(builtin: Head) -> None:
    assert tuple(Shown(builtin).sliders()) == builtin.identity_names[:MOST]
    unnamed = Shown(replace(builtin, identity_names=())).sliders()
    assert tuple(unnamed)[2] == "identity 3"
    assert len(unnamed) == min(MOST, builtin.identity_count)


def test_a_moved_slider_changes_the_head_once_and_is_kept(builtin: Head) -> None:
    shown, name = Shown(builtin), builtin.identity_names[1]
    shown.section.take(Answers(moved={name: 2.0}))
    shown.section.take(Answers())
    assert len(shown.faces) == 1
    assert shown.faces[0][1] == 2.0
    assert shown.sliders()[name] == 2.0
    face = shown.kept["face.builtin"]
    assert face[:3] == [0.0, 2.0, 0.0]
    shown.press(RESET)
    assert shown.kept["face.builtin"] is None


def test_a_kept_face_is_shown_from_the_start_and_again_after_another_head(builtin: Head) -> None:
    shown = Shown(builtin, faces=read_faces({"face": {"builtin": [1, -0.5]}}))
    assert shown.faces[0][:3].tolist() == [1.0, -0.5, 0.0]
    shown.section.show("other", builtin)
    assert set(shown.sliders().values()) == {0.0}
    shown.section.show("builtin", builtin)
    assert list(shown.sliders().values())[:2] == [1.0, -0.5]
    longer = Shown(builtin, faces={"builtin": [1.0] * (builtin.identity_count + 5)})
    assert len(longer.faces[0]) == builtin.identity_count


def test_a_face_from_a_file_is_where_sliders_start_and_reset_returns(builtin: Head) -> None:
    start = np.full(builtin.identity_count, 0.5)
    shown = Shown(builtin, start)
    assert set(shown.sliders().values()) == {0.5}
    shown.section.take(Answers(moved={builtin.identity_names[0]: 1.5}))
    assert shown.faces[-1][0] == 1.0, "only what is added to the template"
    shown.press(RESET)
    assert not shown.faces[-1].any()
    assert set(shown.sliders().values()) == {0.5}


def test_random_faces_stay_within_reach_and_differ(builtin: Head) -> None:
    shown = Shown(builtin)
    for _ in range(2):
        shown.press(RANDOM)
    first, second = shown.faces
    assert np.abs(first - second).max() > 0.1
    assert np.abs(shown.faces).max() <= REACH


@pytest.mark.parametrize("named", [True, False])
def test_a_saved_face_can_be_used_again(builtin: Head, named: bool, tmp_path: Path) -> None:
    head = builtin if named else replace(builtin, identity_names=())
    shown = Shown(head, folder=tmp_path)
    shown.press(RANDOM)
    shown.press(SAVE)
    (path,) = tmp_path.glob("flame-cam-*.json")
    assert path.name in shown.said[-1]
    np.testing.assert_allclose(read_identity(path, head), shown.faces[-1], atol=1e-3)


def test_a_folder_that_cannot_be_written_is_told(builtin: Head, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("no folder")
    shown = Shown(builtin, folder=tmp_path / "words")
    shown.press(SAVE)
    assert "not saved: " in shown.said[-1]
    assert str(tmp_path / "words") in shown.said[-1]


def test_a_head_with_one_face_only_says_so(builtin: Head) -> None:
    bare = replace(builtin, identity_basis=builtin.identity_basis[:, :, :0], identity_names=())
    shown = Shown(bare)
    assert not shown.sliders()
    assert len(shown.section.widgets()) == 1
    shown.section.take(Answers())
    assert not shown.faces

"""The face sliders: their values reach the head, and a saved face can be loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.live.panel.face_panel import BUTTONS, MOST, REACH, FacePanel
from flame_model.files.identity_file import read_identity
from flame_model.find_heads import load_head
from flame_model.head import Head
from render.ui.panel import Answer

RESET, RANDOM, SAVE = BUTTONS


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


class Shown:
    """A panel with a record of its notices and of what it gave the head."""

    def __init__(self, head: Head, baked: np.ndarray | None = None) -> None:
        self.faces: list[np.ndarray] = []
        self.said: list[str] = []
        self.panel = FacePanel(head, baked, set_identity=self.faces.append, say=self.said.append)
        self.panel.toggle()

    def press(self, button: str) -> None:
        self.panel.take(Answer({}, button))

    def values(self) -> list[float]:
        shown = self.panel.panel()
        assert shown is not None
        return [value for _, value in shown.sliders]


def test_sliders_bear_the_names_of_the_components(head: Head) -> None:
    shown = Shown(head).panel.panel()
    assert shown is not None
    assert tuple(name for name, _ in shown.sliders) == head.identity_names
    unnamed = Shown(replace(head, identity_names=())).panel.panel()
    assert unnamed is not None
    assert unnamed.sliders[2][0] == "identity 3"
    assert len(unnamed.sliders) == min(MOST, head.identity_count)


def test_a_moved_slider_changes_the_head_once(head: Head) -> None:
    panel = Shown(head)
    panel.panel.take(Answer({1: 2.0}, None))
    panel.panel.take(Answer({}, None))
    assert len(panel.faces) == 1
    assert panel.faces[0][1] == 2.0
    assert panel.values()[1] == 2.0


def test_a_face_from_a_file_is_where_sliders_start_and_reset_returns(head: Head) -> None:
    start = np.full(head.identity_count, 0.5)
    panel = Shown(head, start)
    assert panel.values() == start.tolist()
    panel.panel.take(Answer({0: 1.5}, None))
    assert panel.faces[-1][0] == 1.0, "only what is added to the template"
    panel.press(RESET)
    assert not panel.faces[-1].any()
    assert panel.values() == start.tolist()


def test_random_faces_stay_within_reach_and_differ(head: Head) -> None:
    panel = Shown(head)
    for _ in range(2):
        panel.press(RANDOM)
    first, second = panel.faces
    assert np.abs(first - second).max() > 0.1
    assert np.abs(panel.faces).max() <= REACH


@pytest.mark.parametrize("named", [True, False])
def test_a_saved_face_can_be_used_again(
    head: Head, named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    head = head if named else replace(head, identity_names=())
    panel = Shown(head)
    panel.panel.take(Answer({0: 1.25, 3: -2.0}, None))
    panel.press(SAVE)
    (path,) = tmp_path.glob("flame-cam-*.json")
    assert path.name in panel.said[-1]
    assert np.allclose(read_identity(path, head), panel.values())


def test_a_folder_that_cannot_be_written_is_told(
    head: Head, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "app.live.panel.face_panel.named_now", lambda suffix: tmp_path / "gone" / f"face{suffix}"
    )
    panel = Shown(head)
    panel.press(SAVE)
    assert "There is no folder" in panel.said[-1]


def test_a_head_with_one_face_only_says_so(head: Head) -> None:
    bare = replace(head, identity_basis=head.identity_basis[:, :, :0], identity_names=())
    panel = Shown(bare)
    assert panel.panel.panel() is None
    assert "no identity" in panel.said[0]

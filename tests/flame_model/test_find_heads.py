"""Heads are found by name and by file, in either file format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from flame_model import find_heads as heads
from flame_model.errors import HeadFileError, InputError
from flame_model.files.head_file import save_head
from flame_model.find_heads import head_names, load_head, load_head_file
from flame_model.head import Head
from tests.flame_files import write_flame_file
from tests.synthetic_heads import assert_same_head, make_head


@pytest.fixture
def added_heads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "added"
    folder.mkdir()
    monkeypatch.setattr(heads, "added_heads_folder", lambda: folder)
    return folder


def test_heads_are_found_by_name_and_by_file(synthetic_head: Head, added_heads: Path, tmp_path: Path) -> None:
    (added_heads / "alice").mkdir()
    save_head(synthetic_head, added_heads / "alice" / "head.npz")
    assert head_names() == ["builtin", "alice"]
    assert_same_head(load_head("alice"), synthetic_head)
    assert_same_head(load_head(str(added_heads / "alice" / "head.npz")), synthetic_head)
    for flavour in ("pkl", "npz"):
        write_flame_file(synthetic_head, tmp_path / "flame.file", flavour)
        assert load_head(str(tmp_path / "flame.file")).expression_count == 100


def test_an_unknown_name_lists_those_that_exist(added_heads: Path) -> None:
    (added_heads / "bob").mkdir()
    save_head(make_head(200), added_heads / "bob" / "head.npz")
    with pytest.raises(InputError, match=r"No head is named 'carol'.*builtin, bob"):
        load_head("carol")


def test_eyeballs_get_their_own_material_and_a_dark_front(synthetic_head: Head, tmp_path: Path) -> None:
    write_flame_file(synthetic_head, tmp_path / "head.pkl")
    head = load_head_file(tmp_path / "head.pkl")
    np.testing.assert_array_equal(head.face_materials, synthetic_head.face_materials)
    assert [material.name for material in head.materials] == ["skin", "eye"]
    is_eye = head.skin_weights[:, 3:].sum(axis=1) > 0.5
    assert (head.vertex_colors[~is_eye] == 1.0).all()
    front = is_eye & (head.template[:, 2] > head.template[is_eye, 2].max() - 1e-4)
    assert (head.vertex_colors[front] < 0.5).all()
    assert (head.vertex_colors[is_eye & (head.template[:, 2] < 0.078)] == 1.0).all()


@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_truncated_archive_gets_a_sentence(synthetic_head: Head, tmp_path: Path, share: float) -> None:
    save_head(synthetic_head, tmp_path / "head.npz")
    content = (tmp_path / "head.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(content[: int(share * len(content))])
    with pytest.raises(HeadFileError, match=r"cut\.npz (is not a readable|should be a pickle)"):
        load_head(str(tmp_path / "cut.npz"))

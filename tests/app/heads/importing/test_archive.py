"""Archives give their open or neutral head; members outside of the folder and zip bombs are refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from app.heads.importing import archive
from app.heads.importing.archive import holds_arrays, unpack_head
from flame_model.errors import HeadFileError


def zipped(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "archive.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (("FLAME2020/male_model.pkl", "FLAME2020/generic_model.pkl"), "generic_model.pkl"),
        (("a/flame2023_no_jaw.pkl", "a/flame2023.pkl"), "flame2023.pkl"),
        (("flame2023.pkl", "b/flame2023_Open.pkl"), "flame2023_Open.pkl"),
        (("only_one.npz", "Readme.pdf", "__MACOSX/._only_one.npz"), "only_one.npz"),
        (("female_model.pkl", "FLAME_masks.pkl"), "female_model.pkl"),
    ],
)
def test_the_open_or_neutral_head_is_taken(
    tmp_path: Path, into: Path, names: tuple[str, ...], taken: str
) -> None:
    path = zipped(tmp_path, {name: name.encode() for name in names})
    head = unpack_head(path, into)
    assert head == into / taken
    assert head.read_bytes().endswith(taken.encode())


def test_companions_come_along_and_nothing_else(tmp_path: Path, into: Path) -> None:
    path = zipped(tmp_path, {"x/generic_model.pkl": b"h", "y/FLAME_masks.pkl": b"m", "x/setup.py": b"no"})
    unpack_head(path, into)
    assert sorted(file.name for file in into.iterdir()) == ["FLAME_masks.pkl", "generic_model.pkl"]


@pytest.mark.parametrize("names", [(), ("a.pkl", "b.pkl"), ("FLAME_masks.pkl",)])
def test_an_archive_without_one_clear_head_is_refused(
    tmp_path: Path, into: Path, names: tuple[str, ...]
) -> None:
    with pytest.raises(HeadFileError, match="should hold one FLAME file"):
        unpack_head(zipped(tmp_path, dict.fromkeys(names, b"x")), into)
    assert not list(into.iterdir())


@pytest.mark.parametrize("name", ["../generic_model.pkl", "/generic_model.pkl", "a/../../x", "C:\\x.pkl"])
def test_members_that_point_outside_are_refused(tmp_path: Path, into: Path, name: str) -> None:
    with pytest.raises(HeadFileError, match="points outside"):
        unpack_head(zipped(tmp_path, {name: b"x", "generic_model.pkl": b"h"}), into)
    assert not list(into.iterdir())


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_SIZE_LIMIT", 2**20)
    path = zipped(tmp_path, {"generic_model.pkl": bytes(2**21)})
    assert path.stat().st_size < 2**14
    with pytest.raises(HeadFileError, match="unpacks to 2097152 bytes"):
        unpack_head(path, into)
    assert not list(into.iterdir())


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, into: Path) -> None:
    path = zipped(tmp_path, {"generic_model.pkl": bytes(2**21)})
    content = path.read_bytes()
    path.write_bytes(content.replace((2**21).to_bytes(4, "little"), (2**10).to_bytes(4, "little")))
    with pytest.raises(HeadFileError, match="not a readable zip archive"):
        unpack_head(path, into)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_archive_gets_a_sentence(tmp_path: Path, into: Path, share: float) -> None:
    path = zipped(tmp_path, {"generic_model.pkl": bytes(range(256)) * 64})
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(HeadFileError, match="not a readable zip archive"):
        unpack_head(path, into)


def test_arrays_and_archives_of_files_are_told_apart(tmp_path: Path) -> None:
    np.savez(tmp_path / "arrays.npz", v_template=np.zeros(3))
    assert holds_arrays(tmp_path / "arrays.npz")
    assert not holds_arrays(zipped(tmp_path, {"generic_model.pkl": b"h"}))

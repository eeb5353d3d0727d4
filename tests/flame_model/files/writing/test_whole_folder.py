"""A folder is filled completely or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from flame_model.errors import OutputError
from flame_model.files.writing.whole_folder import filled_whole

OLDER = {"a": "older a", "b": "older b", "gone": "older", "notes": "mine"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "folder"
    path.mkdir()
    for name, text in OLDER.items():
        (path / name).write_text(text)
    return path


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def fill(folder: Path) -> None:
    with filled_whole(folder, obsolete=lambda: ["a", "gone", "never there"]) as making:
        for name in ("a", "b", "c"):
            (making / name).write_text("new")


def test_own_files_are_replaced_and_all_others_stay(folder: Path) -> None:
    fill(folder)
    assert texts(folder) == {"a": "new", "b": "new", "c": "new", "notes": "mine"}
    assert list(folder.parent.iterdir()) == [folder]


def test_a_missing_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    fill(tmp_path / "new" / "deeper")
    assert texts(tmp_path / "new" / "deeper") == dict.fromkeys("abc", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_failure_before_the_end_changes_nothing(folder: Path, error: type[BaseException]) -> None:
    def fail() -> None:
        with filled_whole(folder) as making:
            (making / "a").write_text("new")
            raise error

    with pytest.raises(error):
        fail()
    assert texts(folder) == OLDER


@pytest.mark.parametrize("moves", range(5))
def test_a_failure_between_two_moves_takes_them_all_back(folder: Path, monkeypatch, moves: int) -> None:
    plain_replace, done = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        if len(done) == moves:
            done.append(path)
            raise OSError(errno.EIO, "Input/output error")
        done.append(path)
        return plain_replace(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OutputError, match="input/output error"):
        fill(folder)
    assert texts(folder) == OLDER

"""Heads are added, replaced and removed as a whole, whatever interrupts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.heads.store import new_head_folder, remove_head
from flame_model.errors import InputError, OutputError
from flame_model.find_heads import head_names


def put(name: str, content: str) -> None:
    with new_head_folder(name) as folder:
        (folder / "head.npz").write_text(content)
        (folder / "mapping").mkdir()


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_head_appears_when_the_block_ends(heads_folder: Path) -> None:
    with new_head_folder("one") as folder:
        (folder / "head.npz").write_text("new")
        assert head_names() == ["builtin"]
    assert head_names() == ["builtin", "one"]
    assert entries(heads_folder) == ["one"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_what_stops_the_block_leaves_everything_as_it_was(
    heads_folder: Path, stop: type[BaseException]
) -> None:
    put("one", "old")

    def stopped() -> None:
        with new_head_folder("one") as folder:
            (folder / "head.npz").write_text("new")
            raise stop

    with pytest.raises(stop):
        stopped()
    assert (heads_folder / "one" / "head.npz").read_text() == "old"
    assert entries(heads_folder) == ["one"]


def test_a_second_add_replaces_the_whole_folder(heads_folder: Path) -> None:
    put("one", "old")
    (heads_folder / "one" / "extra").touch()
    put("one", "new")
    assert entries(heads_folder / "one") == ["head.npz", "mapping"]
    assert (heads_folder / "one" / "head.npz").read_text() == "new"
    assert entries(heads_folder) == ["one"]


def test_an_older_head_comes_back_when_the_new_one_cannot_be_put(
    heads_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("one", "old")
    rename = Path.rename

    def fail_for_the_new(self: Path, target: Path) -> Path:
        if self.parent == heads_folder and self.name.startswith("."):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OutputError, match=r"finished head cannot be moved to .*one"):
        put("one", "new")
    assert (heads_folder / "one" / "head.npz").read_text() == "old"
    assert entries(heads_folder) == ["one"]


def test_leftovers_of_killed_processes_are_cleared_and_a_replaced_head_comes_back(heads_folder: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    holding = heads_folder / f".{process.pid}-holding"
    (holding / "one").mkdir(parents=True)
    (holding / "one" / "head.npz").write_text("old")
    (heads_folder / f".{process.pid}-making").mkdir()
    put("two", "new")
    assert entries(heads_folder) == ["one", "two"]


@pytest.mark.usefixtures("heads_folder")
def test_another_running_process_keeps_its_folder() -> None:
    with new_head_folder("one") as folder:
        (folder / "head.npz").touch()
        put("two", "new")
        assert folder.is_dir()
    assert head_names() == ["builtin", "one", "two"]


def test_a_removed_head_is_gone(heads_folder: Path) -> None:
    put("one", "old")
    assert remove_head("one") == heads_folder / "one"
    assert entries(heads_folder) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("builtin", "cannot be removed"), ("two", "choose one of: one"), ("../heads/one", "choose one of: one")],
)
def test_only_added_heads_are_removed(heads_folder: Path, name: str, sentence: str) -> None:
    put("one", "old")
    with pytest.raises(InputError, match=sentence):
        remove_head(name)
    assert entries(heads_folder) == ["one"]


def test_a_folder_that_cannot_be_written_gets_a_sentence(heads_folder: Path) -> None:
    heads_folder.parent.mkdir(parents=True)
    heads_folder.write_text("a file in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        put("one", "new")

from __future__ import annotations

from pathlib import Path

import pytest

from app.outputs import require_writable, require_writable_folder
from flame_model.errors import OutputError


def test_a_new_file_in_an_existing_folder_is_fine_and_not_created(tmp_path: Path) -> None:
    require_writable(tmp_path / "new.npz")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        require_writable(tmp_path / "nowhere" / "stats.json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        require_writable(tmp_path)


def test_a_read_only_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere, so the system's answer is what the test replaces.
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(OutputError, match="read-only"):
        require_writable(tmp_path / "out.npz")


def test_a_folder_that_can_be_made_is_fine_and_not_created(tmp_path: Path) -> None:
    require_writable_folder(tmp_path / "new" / "deeper")
    assert not list(tmp_path.iterdir())


def test_a_file_is_no_folder_and_holds_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "in_it"):
        with pytest.raises(OutputError, match="file is a file, not a folder"):
            require_writable_folder(folder)


def test_a_folder_on_a_read_only_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(OutputError, match="new cannot be written"):
        require_writable_folder(tmp_path / "new")

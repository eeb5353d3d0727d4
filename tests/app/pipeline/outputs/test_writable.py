from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from app.pipeline.outputs.writable import require_writable, require_writable_folder
from flame_model.errors import OutputError


def read_only(*_: object) -> NoReturn:
    """Fail as a read-only disk does, because root, who may run the tests, may write everywhere."""
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


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
    monkeypatch.setattr(Path, "open", read_only)
    with pytest.raises(OutputError, match="read-only file system"):
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
    monkeypatch.setattr(Path, "open", read_only)
    with pytest.raises(OutputError, match="new cannot be written: read-only"):
        require_writable_folder(tmp_path / "new")


def test_a_file_that_is_protected_is_refused_though_its_folder_is_not(tmp_path, monkeypatch) -> None:
    (tmp_path / "dear.npz").write_bytes(b"dear")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(OutputError, match="no permission"):
        require_writable(tmp_path / "dear.npz")


@pytest.mark.parametrize("check", [require_writable, require_writable_folder])
def test_a_name_longer_than_the_disk_takes_is_said_as_that(tmp_path: Path, check) -> None:
    with pytest.raises(OutputError, match="has 259 bytes, more than this disk allows") as caught:
        check(tmp_path / f"{'n' * 255}.mp4")
    assert len(str(caught.value)) < 150


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has such a folder")
def test_a_folder_that_takes_no_files_is_not_said_to_be_missing() -> None:
    with pytest.raises(OutputError, match="/proc takes no new files"):
        require_writable(Path("/proc/out.npz"))


def test_a_file_on_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="file is a file, not a folder; out"):
        require_writable(tmp_path / "file" / "out.npz")

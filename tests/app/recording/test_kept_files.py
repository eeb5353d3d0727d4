"""What the user records is named by date and head, in the Videos folder or another."""

from __future__ import annotations

import re
from pathlib import Path

import platformdirs
import pytest

from app.recording.kept_files import KeptFiles
from flame_model.errors import OutputError


def test_without_a_folder_it_is_the_users_videos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_videos_path", lambda: tmp_path / "Videos")
    path = KeptFiles(None, "builtin").named_now(".mp4")
    assert path.parent == tmp_path / "Videos"
    assert path.parent.is_dir()
    assert re.fullmatch(r"flame-cam-\d{8}-\d{6}-builtin\.mp4", path.name)


def test_the_path_is_whole_also_after_the_current_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = KeptFiles(Path("kept"), "builtin")
    monkeypatch.chdir("/")
    assert files.named_now(".npz").parent == tmp_path / "kept"


@pytest.mark.parametrize(
    ("head", "shown"), [("~/heads/my head.npz", "my-head"), ("x" * 300, "x" * 40), ("Зоя", "Зоя")]
)
def test_a_head_that_is_a_file_is_named_by_its_stem(tmp_path: Path, head: str, shown: str) -> None:
    assert KeptFiles(tmp_path, head).named_now(".npz").name.endswith(f"-{shown}.npz")


def test_no_name_is_used_twice_for_any_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.strftime", lambda _: "flame-cam-now")
    files = KeptFiles(tmp_path, "me")
    (tmp_path / "flame-cam-now-me.journal").touch()
    (tmp_path / "flame-cam-now-me-2.npz").touch()
    assert files.named_now(".npz", ".journal").name == "flame-cam-now-me-3.npz"
    assert files.named_now(".npz").name == "flame-cam-now-me.npz"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="is a file, not a folder"):
        KeptFiles(tmp_path / "file" / "in", "me").named_now(".npz")

"""Full disks, missing and read-only folders, Ctrl-C and killed processes."""

from __future__ import annotations

import _thread
import errno
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.recording import open_writer
from flame_model.errors import OutputError
from tests.app.recording.conftest import FORMATS, picture, read_back

ROOM = {
    "out.mp4": 60_000,
    "out.webm": 60_000,
    "out.gif": 60_000,
    "out.webp": 12_000,
    "out.png": 60_000,
    "frames": 1_000,
}
"""Bytes that hold some of 120 pictures, but not all; a folder's files each have that room."""


def write_120(path: Path) -> None:
    with open_writer(path, (64, 48), 30, alpha=False) as writer:
        for index in range(120):
            writer.add(picture(index % 40))


def write_without_folder(path: Path) -> None:
    """Write 60 pictures, and put a file in the place of their folder after half of them."""
    with open_writer(path, (64, 48), 30, alpha=False) as writer:
        for index in range(60):
            if index == 30:
                # A thread still writes into it, which a slow removal would trip over.
                shutil.rmtree(path.parent.rename(path.parent.with_name("gone")))
                path.parent.write_bytes(b"a file in its place")
            writer.add(picture(index))


def fill(path: Path) -> str:
    """Write 120 pictures or as many as fit, and return the sentence."""
    with pytest.raises(OutputError) as caught:
        write_120(path)
    return " ".join([str(caught.value), *caught.value.__notes__])


@pytest.mark.parametrize("name", FORMATS[:-1])
def test_on_a_full_disk_what_was_written_stays_playable(tmp_path, disk_with_room, name: str) -> None:
    disk_with_room(ROOM[name])
    sentence = fill(tmp_path / name)
    back = read_back(tmp_path / name)
    assert 5 < len(back) < 120
    assert "the disk is full" in sentence
    assert f"holds the first {len(back)} frames." in sentence
    assert (tmp_path / name).stat().st_size <= ROOM[name]


def test_on_a_full_disk_a_folder_keeps_its_whole_frames(tmp_path: Path, monkeypatch) -> None:
    written = []
    plain_write = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if len(written) == 7:
            plain_write(path, data[:50])
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path)
        return plain_write(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    assert "the first 7 frames" in fill(tmp_path / "frames")
    assert len(read_back(tmp_path / "frames")) == 7


@pytest.mark.skipif(os.name != "posix", reason="Windows does not remove a folder with open files")
@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("name", FORMATS[:-1])
def test_a_folder_that_is_removed_meanwhile_loses_nothing(tmp_path: Path, name: str, older: bool) -> None:
    path = tmp_path / "folder" / name
    path.parent.mkdir()
    if older:
        path.write_bytes(b"older")
    with open_writer(path, (64, 48), 30, alpha=False) as writer:
        for index in range(60):
            if index == 30:
                shutil.rmtree(path.parent)
            writer.add(picture(index))
    assert len(read_back(path)) == 60
    assert [each.name for each in path.parent.iterdir()] == [name]


@pytest.mark.skipif(os.name != "posix", reason="Windows does not remove a folder with open files")
@pytest.mark.parametrize("name", FORMATS)
def test_a_folder_that_is_removed_for_good_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "folder" / name
    path.parent.mkdir()
    with pytest.raises(OutputError) as caught:
        write_without_folder(path)
    sentence = " ".join([str(caught.value), *getattr(caught.value, "__notes__", ())])
    assert str(path) in sentence
    assert "holds the first" not in sentence
    assert path.parent.read_bytes() == b"a file in its place"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("name", FORMATS[:-1])
def test_the_systems_own_refusal_is_handled_too(tmp_path: Path, name: str) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM[name], hard))
    try:
        sentence = fill(tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    back = read_back(tmp_path / name)
    assert 5 < len(back) < 120
    assert f"holds the first {len(back)} frames." in sentence


@pytest.mark.parametrize("name", FORMATS)
def test_a_missing_folder_is_a_sentence_before_any_work(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"There is no folder .*nowhere"):
        open_writer(tmp_path / "nowhere" / name, (64, 48), 30, alpha=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_read_only_folder_is_a_sentence_before_any_work(tmp_path, monkeypatch, name, number) -> None:
    # Root may write everywhere, so the system's answer is what the test replaces.
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=f"cannot be written: {os.strerror(number).lower()}"):
        open_writer(tmp_path / name, (64, 48), 30, alpha=False)


def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "frames").write_text("mine")
    with pytest.raises(OutputError, match="is a file, not a folder"):
        open_writer(tmp_path / "frames", (64, 48), 30, alpha=False)
    assert (tmp_path / "frames").read_text() == "mine"


@pytest.mark.parametrize("name", FORMATS)
def test_ctrl_c_at_any_moment_leaves_a_whole_file(tmp_path: Path, name: str) -> None:
    added: list[int] = []

    def write_until_interrupted() -> None:
        with open_writer(tmp_path / name, (64, 48), 30, alpha=False) as writer:
            threading.Timer(0.15, _thread.interrupt_main).start()
            while True:
                writer.add(picture(len(added) % 40))
                added.append(1)

    with pytest.raises(KeyboardInterrupt):
        write_until_interrupted()
    assert len(added) > 3
    assert abs(len(read_back(tmp_path / name)) - len(added)) <= 1


KILLED = """
import os, sys
from pathlib import Path
from app.recording.opening import open_file_writer
from tests.app.recording.conftest import picture
writer = open_file_writer(Path(sys.argv[1]), (64, 48), 30, alpha=False)
for index in range(90):
    writer.add(picture(index % 40))
os._exit(9)
"""


@pytest.mark.parametrize("name", FORMATS)
def test_a_killed_process_leaves_what_it_wrote(tmp_path: Path, name: str) -> None:
    root = Path(__file__).resolve().parents[3]
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / name)], cwd=root, check=False)
    assert ended.returncode == 9
    assert len(read_back(tmp_path / name)) >= 60


def test_a_program_that_ends_without_closing_still_finishes_the_file(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    forgetful = KILLED.replace("open_file_writer", "open_writer").replace("os._exit", "sys.exit")
    out = tmp_path / "out.mp4"
    ended = subprocess.run([sys.executable, "-c", forgetful, str(out)], cwd=root, check=False, timeout=60)
    assert ended.returncode == 9
    assert len(read_back(out)) == 90

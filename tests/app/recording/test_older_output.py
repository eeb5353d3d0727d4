"""An older file at the path of a recording stays until the new one is complete."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from app.recording import Recorder, open_writer
from app.recording.formats.png import encode_png
from app.recording.output_format import notes_on
from flame_model.errors import OutputError
from flame_model.files.writing.move_into_place import left_beside
from tests.app.recording.conftest import FORMATS, picture, read_back
from tests.app.recording.test_trouble import KILLED, ROOM

ROOT = Path(__file__).resolve().parents[3]
SIZE = (64, 48)


def write(path: Path, count: int, error: BaseException | None = None) -> None:
    """Write pictures, and then let an error pass through the writer."""
    with open_writer(path, SIZE, 30, alpha=False) as writer:
        for index in range(count):
            writer.add(picture(index))
        if error:
            raise error


@pytest.fixture(params=FORMATS)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return an output of each kind, of five pictures."""
    path = tmp_path / request.param
    write(path, 5)
    return path


def state(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("error", [ValueError, OutputError, KeyboardInterrupt])
def test_a_run_that_ends_without_a_picture_changes_nothing(older: Path, error: type[BaseException]) -> None:
    before = state(older.parent)
    with pytest.raises(error) as caught:
        write(older, 0, error())
    assert state(older.parent) == before
    assert caught.value.__notes__ == [f"{older} stays as it was."]


def test_a_run_that_fails_midway_changes_nothing(older: Path) -> None:
    before = state(older.parent)
    with pytest.raises(ValueError, match="midway") as caught:
        write(older, 3, ValueError("midway"))
    assert state(older.parent) == before
    assert caught.value.__notes__ == [f"{older} stays as it was."]


def test_an_interrupted_run_replaces_it_with_what_there_is(older: Path) -> None:
    with pytest.raises(KeyboardInterrupt) as caught:
        write(older, 3, KeyboardInterrupt())
    assert len(read_back(older)) == 3
    assert caught.value.__notes__ == [f"{older} holds the first 3 frames."]
    assert list(older.parent.iterdir()) == [older]


def test_a_whole_run_replaces_it(older: Path) -> None:
    write(older, 2)
    assert len(read_back(older)) == 2
    assert list(older.parent.iterdir()) == [older]


@pytest.mark.parametrize("name", FORMATS)
def test_a_first_run_without_a_picture_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="early") as caught:
        write(tmp_path / name, 0, ValueError("early"))
    assert not list(tmp_path.iterdir())
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize("name", FORMATS[:-1])
def test_a_full_disk_leaves_the_older_file(tmp_path: Path, disk_with_room, name: str) -> None:
    write(tmp_path / name, 5)
    before = state(tmp_path)
    disk_with_room(ROOM[name])
    with pytest.raises(OutputError, match="the disk is full") as caught:
        write(tmp_path / name, 120)
    assert state(tmp_path) == before
    assert caught.value.__notes__ == [f"{tmp_path / name} stays as it was."]


def test_a_live_recording_that_a_full_disk_cut_replaces_it(tmp_path: Path, disk_with_room) -> None:
    """A live recording cannot be made again, so the part that was written is kept."""
    path = tmp_path / "out.png"
    write(path, 5)
    disk_with_room(ROOM["out.png"])
    recorder = Recorder(path, SIZE, 30)
    seen = 0
    while recorder.wants(seen):
        recorder.offer(picture(seen % 40), float(seen))
        seen += 1
    report = recorder.stop()
    assert report.error is not None
    assert f"{path} holds the first {report.frames} frames." in report.error
    assert len(read_back(path)) == report.frames > 0


def test_a_killed_run_leaves_both_and_the_next_one_tells(older: Path) -> None:
    before = state(older.parent)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(older)], cwd=ROOT, check=False)
    assert ended.returncode == 9
    assert before.items() <= state(older.parent).items()
    (left,) = left_beside(older)
    assert len(read_back(left)) >= 60
    assert list(notes_on(older, SIZE)) == [
        f"{left} holds what another run wrote for {older.name}; it was killed or is still running."
    ]


def test_frames_of_other_programs_are_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    folder.mkdir()
    (folder / "frame_000000.png").write_bytes(encode_png(picture(1), alpha=False))
    before = state(tmp_path)
    with pytest.raises(OutputError, match=r"of another program .*frame_000000\.png.*name another folder"):
        write(folder, 3)
    assert state(tmp_path) == before


def test_a_frame_that_another_program_wrote_anew_is_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    write(folder, 3)
    with Image.open(folder / "frame_000001.png") as image:
        image.load()
    image.save(folder / "frame_000001.png")
    with pytest.raises(OutputError, match=r"frame_000001\.png"):
        write(folder, 3)


def test_other_files_of_the_folder_stay(tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    write(folder, 3)
    others = {folder / "notes.txt": b"mine", folder / "frame.png": b"mine", folder / "frame_1.png": b"mine"}
    for path, held in others.items():
        path.write_bytes(held)
    write(folder, 2)
    assert others.items() <= state(folder).items()
    assert sorted(path.name for path in folder.glob("frame_0*")) == ["frame_000000.png", "frame_000001.png"]


def test_a_copied_folder_of_our_frames_is_ours_too(tmp_path: Path) -> None:
    write(tmp_path / "frames", 3)
    shutil.copytree(tmp_path / "frames", tmp_path / "copy")
    write(tmp_path / "copy", 1)
    assert len(read_back(tmp_path / "copy")) == 1


def test_a_pipe_is_no_place_for_a_recording(tmp_path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "out.mp4")
        with pytest.raises(OutputError, match="is no ordinary file"):
            write(tmp_path / "out.mp4", 1)


def test_odd_sizes_are_told_once_where_they_change() -> None:
    assert list(notes_on(Path("o.mp4"), (721, 511))) == [
        "o.mp4 gets 722x512 pixels: MP4 holds even sides only, so the last row or column is repeated."
    ]
    assert not [*notes_on(Path("o.mp4"), (720, 512)), *notes_on(Path("o.webp"), (721, 511))]

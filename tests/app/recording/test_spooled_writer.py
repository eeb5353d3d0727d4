"""Formats that take longer to write than pictures take to come are written after all of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.recording import Recorder, RecordingReport, spooled_writer
from app.recording.formats.gif import fitting
from app.recording.output_format import notes_on
from app.recording.recorded_clip import RecordedClip
from flame_model.errors import OutputError
from tests.app.recording.conftest import picture, read_back

SIZE = (64, 48)
SLOW = ("out.gif", "out.webm")
ROOT = Path(__file__).resolve().parents[3]


def record(path: Path, frames: int = 40, **options: object) -> RecordingReport:
    recorder = Recorder(path, SIZE, 20, **options)
    for index in range(frames):
        while recorder.wants(index / 20) and not recorder.offer(picture(index % 40), index / 20):
            pass
    return recorder.stop()


@pytest.mark.parametrize("name", SLOW)
def test_a_live_recording_is_whole_and_nothing_else_is_left(tmp_path: Path, name: str) -> None:
    report = record(tmp_path / name)
    assert report == RecordingReport(tmp_path / name, 40, report.missed, pytest.approx(2.0), None)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    for index, read in enumerate(read_back(tmp_path / name)):
        assert np.abs(read[..., :3].astype(int) - picture(index)[..., :3]).mean() < 10


@pytest.mark.parametrize("name", SLOW)
def test_a_live_recording_keeps_its_alpha(tmp_path: Path, name: str) -> None:
    half = np.full((48, 64, 4), (90, 60, 30, 128), np.uint8)
    half[:, :32] = 0
    recorder = Recorder(tmp_path / name, SIZE, 20, alpha=True)
    recorder.offer(half, 0.0)
    recorder.stop()
    (read,) = read_back(tmp_path / name)
    assert (read[:, :28, 3] < 8).all()
    assert (read[:, 36:, 3] > 120).all()
    # Live pictures have their colours multiplied by alpha, files do not.
    np.testing.assert_allclose(read[20, 50, :3], (180, 120, 60), atol=6)


def test_pictures_wait_without_loss(tmp_path: Path) -> None:
    seen: list[np.ndarray] = []

    def see(clip: RecordedClip, made: Path) -> int:
        seen.extend(rgba for _, rgba in clip.pictures())
        return made.write_bytes(b"made") and len(seen)

    with spooled_writer.SpooledWriter(tmp_path / "a.gif", SIZE, 30, alpha=True, encode=see) as writer:
        for index in range(5):
            writer.add(picture(index))
    for index, rgba in enumerate(seen):
        np.testing.assert_array_equal(rgba, picture(index))
    assert len(seen) == 5


def test_a_recording_without_a_picture_leaves_nothing(tmp_path: Path) -> None:
    assert record(tmp_path / "out.gif", 0).frames == 0
    assert not list(tmp_path.iterdir())


def test_a_path_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="There is no folder"):
        Recorder(tmp_path / "nowhere" / "out.gif", SIZE, 20)


@pytest.mark.parametrize("older", [False, True])
def test_on_a_full_disk_what_came_before_is_encoded(tmp_path: Path, disk_with_room, older: bool) -> None:
    path = tmp_path / "out.gif"
    if older:
        path.write_bytes(b"older")
    disk_with_room(250_000)
    report = record(path, 120)
    assert report.error is not None
    assert "the disk is full" in report.error
    assert f"{path} holds the first {report.frames} frames." in report.error
    assert len(read_back(path)) == report.frames > 3
    assert [each.name for each in tmp_path.iterdir()] == ["out.gif"]


def test_what_cannot_be_encoded_waits_in_a_video_that_is_named(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "out.gif"
    path.write_bytes(b"older")

    def refuse(*_, **__) -> int:
        raise OutputError("the disk is full.")

    monkeypatch.setattr(fitting.GifEncoder, "write", refuse)
    report = record(path)
    (left,) = tmp_path.glob(".out.flame-cam-*.mkv")
    assert report.error == f"the disk is full. 40 frames are in {left}, a video without loss."
    assert path.read_bytes() == b"older"
    assert RecordedClip(left).frames == 40
    (note,) = notes_on(path, SIZE)
    assert str(left) in note


KILLED = """
import os, sys
from pathlib import Path
from app.recording.opening import open_file_writer
from tests.app.recording.conftest import picture
writer = open_file_writer(Path(sys.argv[1]), (64, 48), 30, alpha=False, live=True)
for index in range(90):
    writer.add(picture(index % 40))
os._exit(9)
"""


def test_a_killed_process_leaves_the_pictures(tmp_path: Path) -> None:
    path = tmp_path / "out.gif"
    path.write_bytes(b"older")
    assert subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False).returncode == 9
    (left,) = tmp_path.glob(".out.flame-cam-*.mkv")
    assert len([*RecordedClip(left).pictures()]) >= 60
    assert path.read_bytes() == b"older"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove a folder with open files")
def test_a_folder_that_is_removed_meanwhile_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "out.gif"
    path.parent.mkdir()
    recorder = Recorder(path, SIZE, 20)
    for index in range(40):
        if index == 20:
            shutil.rmtree(path.parent)
        while recorder.wants(index / 20) and not recorder.offer(picture(index), index / 20):
            pass
    assert recorder.stop().error is None
    assert len(read_back(path)) == 40
    assert [each.name for each in path.parent.iterdir()] == ["out.gif"]

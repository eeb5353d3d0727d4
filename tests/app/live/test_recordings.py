from __future__ import annotations

import time
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from app.live.recordings import Recordings, described
from app.recording.kept_files import KeptFiles
from flame_model.errors import OutputError

SIZE = (64, 48)


def picture(level: int = 100) -> np.ndarray:
    return np.full((SIZE[1], SIZE[0], 4), (level, level, level, 255), np.uint8)


def here() -> KeptFiles:
    """Return names of files in the current folder."""
    return KeptFiles(Path(), "builtin")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    monkeypatch.chdir(tmp_path)
    return []


def test_a_recording_is_finished_and_told_at_the_end(said: list[str], tmp_path: Path) -> None:
    recordings = Recordings(SIZE, 30.0, here(), said.append)
    recordings.start(tmp_path / "run.mp4")
    for index in range(30):
        recordings.offer(picture(), 7.0 + index / 30)
    assert recordings.status(9.5) == "recording 00:02"
    (report,) = recordings.close()
    assert report.frames == 30
    assert "1.0 s" in described(report)
    with av.open(str(tmp_path / "run.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 30


def test_a_recording_without_a_picture_is_not_told_as_one(said: list[str], tmp_path: Path) -> None:
    recordings = Recordings(SIZE, 30.0, here(), said.append)
    recordings.start(tmp_path / "run.mp4")
    (report,) = recordings.close()
    assert described(report) == f"nothing was recorded to {tmp_path / 'run.mp4'}: no picture came"


def test_the_key_starts_stops_and_says_where_the_file_is(said: list[str], tmp_path: Path) -> None:
    recordings = Recordings(SIZE, 30.0, here(), said.append)
    recordings.toggle()
    recordings.offer(picture(), 0.0)
    recordings.toggle()
    deadline_s = time.monotonic() + 10
    while not said and time.monotonic() < deadline_s:
        assert recordings.status(0.0) == ""
        time.sleep(0.01)
    (path,) = tmp_path.glob("flame-cam-*.mp4")
    assert path.name in said[0]
    assert recordings.close() == []


def test_pictures_are_wanted_at_the_rate_of_the_file_only(said: list[str], tmp_path: Path) -> None:
    recordings = Recordings(SIZE, 10.0, here(), said.append)
    assert not recordings.wants(0.0)
    recordings.start(tmp_path / "run.mp4")
    wanted = 0
    for index in range(30):
        if recordings.wants(index / 30):
            wanted += 1
            recordings.offer(picture(), index / 30)
    assert wanted == pytest.approx(10, abs=1)
    recordings.close()


def test_a_screenshot_is_a_png_in_the_folder(said: list[str], tmp_path: Path) -> None:
    Recordings(SIZE, 30.0, here(), said.append).screenshot(picture(40))
    (path,) = tmp_path.glob("flame-cam-*.png")
    with Image.open(path) as image:
        assert image.size == SIZE
        assert image.getpixel((5, 5))[:3] == (40, 40, 40)


def test_what_is_kept_is_said_with_its_folder(
    said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    recordings = Recordings(SIZE, 30.0, here(), said.append)
    recordings.screenshot(picture(40))
    recordings.toggle()
    recordings.offer(picture(), 0.0)
    recordings.toggle()
    (report,) = recordings.close()
    assert str(next(tmp_path.glob("*.png"))) in said[0]
    assert str(next(tmp_path.glob("*.mp4"))) in described(report)


def test_two_in_a_second_are_two_files(
    said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("time.strftime", lambda _: "flame-cam-20260101-120000")
    for level in (40, 80, 120):
        Recordings(SIZE, 30.0, here(), said.append).screenshot(picture(level))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"flame-cam-20260101-120000-builtin{number}.png" for number in ("-2", "-3", "")
    ]


def test_a_folder_that_is_gone_is_made_again(said: list[str], tmp_path: Path) -> None:
    recordings = Recordings(SIZE, 30.0, KeptFiles(tmp_path / "gone", "builtin"), said.append)
    recordings.screenshot(picture())
    (tmp_path / "gone").rename(tmp_path / "moved")
    recordings.screenshot(picture())
    assert len([*tmp_path.glob("*/*.png")]) == 2
    assert str(tmp_path / "gone") in said[1]


def test_a_folder_that_cannot_be_made_is_said_and_does_not_end_the_run(
    said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    recordings = Recordings(SIZE, 30.0, KeptFiles(tmp_path / "file" / "in", "builtin"), said.append)
    recordings.screenshot(picture())
    recordings.toggle()
    assert len(said) == 2
    assert recordings.status(0.0) == ""


def test_the_recording_that_was_asked_for_is_refused_at_once(said: list[str], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        Recordings(SIZE, 30.0, here(), said.append).start(tmp_path / "nowhere" / "run.mp4")

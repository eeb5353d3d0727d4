from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from app.live.recording.countdown import Countdown
from app.live.recording.recordings import Recordings, described
from app.recording.kept_files import KeptFiles
from flame_model.errors import OutputError
from tests.app.recording.conftest import disk_with_room

__all__ = ["disk_with_room"]

SIZE = (64, 48)


def picture(level: int = 100) -> np.ndarray:
    return np.full((SIZE[1], SIZE[0], 4), (level, level, level, 255), np.uint8)


def here() -> KeptFiles:
    """Return names of files in the current folder."""
    return KeptFiles(Path(), "builtin")


def recorder(
    said: list[str],
    files: KeptFiles | None = None,
    *,
    fps: float = 30.0,
    seconds: int = 0,
    clock: Callable[[], float] = lambda: 0.0,
    show: Callable[[Path, str], bool] = lambda _, __: False,
) -> Recordings:
    """Return what a live run records with, at once unless there are seconds to count."""
    countdown = Countdown(seconds, clock)
    recordings = Recordings(SIZE, fps, files or here(), said.append, countdown=countdown)
    recordings.show = show
    return recordings


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    monkeypatch.chdir(tmp_path)
    return []


def test_a_recording_is_finished_and_told_at_the_end(said: list[str], tmp_path: Path) -> None:
    recordings = recorder(said, fps=30.0)
    recordings.start(tmp_path / "run.mp4")
    for index in range(30):
        recordings.offer(picture(), 7.0 + index / 30)
    assert recordings.clock(9.5) == "00:02"
    (report,) = recordings.close()
    assert report.frames == 30
    assert "1.0 s" in described(report)
    with av.open(str(tmp_path / "run.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 30


def test_a_recording_without_a_picture_is_not_told_as_one(said: list[str], tmp_path: Path) -> None:
    recordings = recorder(said, fps=30.0)
    recordings.start(tmp_path / "run.mp4")
    (report,) = recordings.close()
    assert described(report) == f"nothing was recorded to {tmp_path / 'run.mp4'}: no picture came"


def test_the_key_starts_stops_and_says_where_the_file_is(said: list[str], tmp_path: Path) -> None:
    recordings = recorder(said, fps=30.0)
    recordings.toggle()
    recordings.offer(picture(), 0.0)
    recordings.toggle()
    deadline_s = time.monotonic() + 10
    while not said and time.monotonic() < deadline_s:
        recordings.advance()
        assert recordings.clock(0.0) == ""
        time.sleep(0.01)
    (path,) = tmp_path.glob("flame-cam-*.mp4")
    assert path.name in said[0]
    assert recordings.close() == []


def test_pictures_are_wanted_at_the_rate_of_the_file_only(said: list[str], tmp_path: Path) -> None:
    recordings = recorder(said, fps=10.0)
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
    recorder(said, fps=30.0).screenshot(picture(40))
    (path,) = tmp_path.glob("flame-cam-*.png")
    with Image.open(path) as image:
        assert image.size == SIZE
        assert image.getpixel((5, 5))[:3] == (40, 40, 40)


def test_what_is_kept_is_said_with_its_folder(
    said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    recordings = recorder(said, fps=30.0)
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
        recorder(said, fps=30.0).screenshot(picture(level))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"flame-cam-20260101-120000-builtin{number}.png" for number in ("-2", "-3", "")
    ]


def test_a_folder_that_is_gone_is_made_again(said: list[str], tmp_path: Path) -> None:
    recordings = recorder(said, KeptFiles(tmp_path / "gone", "builtin"))
    recordings.screenshot(picture())
    (tmp_path / "gone").rename(tmp_path / "moved")
    recordings.screenshot(picture())
    assert len([*tmp_path.glob("*/*.png")]) == 2
    assert str(tmp_path / "gone") in said[1]


def test_a_folder_that_cannot_be_made_is_said_and_does_not_end_the_run(
    said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    recordings = recorder(said, KeptFiles(tmp_path / "file" / "in", "builtin"))
    recordings.screenshot(picture())
    recordings.toggle()
    assert len(said) == 2
    assert recordings.clock(0.0) == ""


def test_the_recording_that_was_asked_for_is_refused_at_once(said: list[str], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        recorder(said, fps=30.0).start(tmp_path / "nowhere" / "run.mp4")


def test_the_countdown_comes_before_the_recording(said: list[str]) -> None:
    now = [10.0]
    recordings = recorder(said, seconds=3, clock=lambda: now[0])
    recordings.toggle()
    counts = []
    for _ in range(5):
        recordings.advance()
        counts.append(recordings.count)
        now[0] += 0.75
    assert counts == [3, 3, 2, 1, None]
    assert recordings.clock(14.0) == "00:00"
    recordings.close()


@pytest.mark.parametrize("stop", [Recordings.toggle, Recordings.cancel])
def test_a_countdown_that_is_cancelled_records_nothing(
    said: list[str], tmp_path: Path, stop: Callable[[Recordings], object]
) -> None:
    now = [10.0]
    recordings = recorder(said, seconds=3, clock=lambda: now[0])
    recordings.toggle()
    stop(recordings)
    now[0] += 9.0
    recordings.advance()
    assert recordings.count is None
    assert not recordings.wants(0.0)
    assert not list(tmp_path.iterdir())


def test_a_finished_recording_is_shown_with_its_length_size_and_whole_path(
    said: list[str], tmp_path: Path
) -> None:
    shown: list[tuple[Path, str]] = []
    recordings = recorder(said, show=lambda *what: not shown.append(what))
    recordings.toggle()
    for index in range(30):
        recordings.offer(picture(index), index / 30)
    recordings.toggle()
    deadline_s = time.monotonic() + 10
    while not shown and time.monotonic() < deadline_s:
        recordings.advance()
        time.sleep(0.01)
    ((path, text),) = shown
    assert path == next(tmp_path.glob("flame-cam-*.mp4"))
    assert text.startswith("recorded 1.0 s (")
    assert f" MB) to {path}" in text
    assert said == []


def noise(index: int) -> np.ndarray:
    random = np.random.default_rng(index)
    return random.integers(0, 255, (SIZE[1], SIZE[0], 4), dtype=np.uint8)


def test_on_a_full_disk_one_sentence_is_said_and_the_next_recording_works(
    said: list[str],
    tmp_path: Path,
    disk_with_room: Callable[[int], None],
) -> None:
    recordings = recorder(said)
    disk_with_room(60_000)
    recordings.start(tmp_path / "full.mp4")
    for index in range(100):
        recordings.offer(noise(index), index / 30)
        time.sleep(0.003)
    (report,) = recordings.close()
    assert "the disk is full" in described(report)
    (path,) = tmp_path.iterdir()
    assert f"{path} holds the first {report.frames} frames." in described(report)
    disk_with_room(10**9)
    recordings.start(tmp_path / "next.mp4")
    recordings.offer(picture(), 0.0)
    (following,) = recordings.close()
    assert (following.error, following.frames) == (None, 1)

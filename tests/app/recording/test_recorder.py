from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from app.recording import Recorder, recorder
from app.recording.recorder import RecordingReport
from app.recording.writer import Writer
from flame_model.errors import OutputError
from tests.app.recording.conftest import picture, read_back


class SlowWriter(Writer):
    """Write nothing while `gate` is shut; fail after `room` pictures."""

    def __init__(self, room: int = 10**6) -> None:
        self.path, self.frames, self.closed = Path("slow.mp4"), 0, False
        self.gate, self.room = threading.Event(), room
        self.levels: list[int] = []

    def add(self, rgba) -> None:
        self.gate.wait(10)
        if self.frames == self.room:
            raise OutputError("the disk is full.")
        self.frames += 1
        self.levels.append(int(rgba[0, 0, 0]))

    @property
    def replaces(self) -> bool:
        return False

    def finish(self) -> None:
        self.closed = True

    def _keep(self) -> None:
        pass

    def _discard(self) -> None:
        pass


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowWriter:
    writer = SlowWriter()
    monkeypatch.setattr(recorder, "open_file_writer", lambda *_, **__: writer)
    return writer


def level(value: int) -> np.ndarray:
    return np.full((48, 64, 4), value, dtype=np.uint8)


def record(times: list[float], slow: SlowWriter, fps: float = 10) -> RecordingReport:
    slow.gate.set()
    recording = Recorder(Path("slow.mp4"), (64, 48), fps)
    for index, time_s in enumerate(times):
        recording.offer(level(index), time_s)
    return recording.stop()


def test_a_steady_rate_is_written_as_it_is(slow: SlowWriter) -> None:
    report = record([5 + i / 10 for i in range(8)], slow)
    assert slow.levels == list(range(8))
    assert report == RecordingReport(Path("slow.mp4"), 8, 0, pytest.approx(0.8), None)
    assert slow.closed


def test_gaps_repeat_the_picture_before(slow: SlowWriter) -> None:
    record([0.0, 0.1, 0.5, 0.6], slow)
    assert slow.levels == [0, 1, 1, 1, 1, 2, 3]


def test_a_faster_display_is_thinned(slow: SlowWriter) -> None:
    report = record([i / 60 for i in range(61)], slow)
    assert report.frames == 11
    assert report.missed == 0


def test_unneeded_pictures_are_known_before_they_are_read_back(slow: SlowWriter) -> None:
    slow.gate.set()
    recording = Recorder(Path("slow.mp4"), (64, 48), 10)
    assert recording.wants(3.0)
    recording.offer(level(0), 3.0)
    assert not recording.wants(3.02)
    assert recording.wants(3.1)
    recording.stop()
    assert not recording.wants(9.0)


def test_a_writer_that_cannot_keep_up_misses_pictures_and_says_so(slow: SlowWriter) -> None:
    recording = Recorder(Path("slow.mp4"), (64, 48), 10)
    taken = [recording.offer(level(i % 250), i / 10) for i in range(200)]
    assert 4 <= sum(taken) < 200
    slow.gate.set()
    while not recording.offer(level(251), 20.0):
        pass
    report = recording.stop()
    assert report.missed >= 200 - sum(taken)
    assert report.frames == 201, "the time of missed pictures is filled"
    assert slow.levels[-1] == 251


def test_a_failing_writer_ends_the_recording_with_its_sentence_only(slow: SlowWriter) -> None:
    slow.room = 3
    report = record([i / 10 for i in range(20)], slow)
    assert report.frames == 3
    assert report.error == "the disk is full. slow.mp4 holds the first 3 frames."
    assert slow.closed


def test_an_unexpected_failure_is_reported_too(slow: SlowWriter, monkeypatch) -> None:
    def broken(_) -> None:
        raise RuntimeError("the encoder fell over")

    monkeypatch.setattr(slow, "add", broken)
    report = record([0.0, 0.1], slow)
    assert report.error is not None
    assert "the encoder fell over" in report.error


def test_finishing_does_not_wait(slow: SlowWriter) -> None:
    recording = Recorder(Path("slow.mp4"), (64, 48), 10)
    recording.offer(level(0), 0.0)
    recording.finish()
    assert recording.report() is None
    slow.gate.set()
    assert recording.stop().frames == 1
    assert recording.report() == recording.stop()


def test_a_real_recording_survives_a_resized_window(tmp_path: Path) -> None:
    recording = Recorder(tmp_path / "live.mp4", (64, 48), 30)
    for index in range(20):
        recording.offer(picture(index, (64, 48) if index < 10 else (90, 30)), index / 30)
    report = recording.stop()
    assert (report.frames, report.error) == (20, None)
    assert report.seconds == pytest.approx(20 / 30)
    back = read_back(tmp_path / "live.mp4")
    assert {read.shape for read in back} == {(48, 64, 4)}
    assert back[-1][:10, :, :3].max() < 25, "the wide picture has bars above and below"


def test_a_path_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="There is no folder"):
        Recorder(tmp_path / "nowhere" / "live.mp4", (64, 48), 30)

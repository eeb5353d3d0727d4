"""A take that is recorded is complete however its recording ends: by the user, a full disk or a kill."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from app.recording import take_saving
from app.recording.take_recorder import TakeRecorder
from app.recording.take_saving import recover_takes
from flame_model.errors import OutputError
from mappings.records.take import load_take
from mappings.records.take_journal import TakeJournal
from tests.app.conftest import ROOT
from tests.robustness.writing_commands import ASSETS

DEMO = load_take(ASSETS / "takes" / "demo.npz")

RECORDER = """
import sys, time
from pathlib import Path
from app.recording.take_recorder import TakeRecorder
from mappings.records.take import load_take

demo = load_take(sys.argv[1])
recorder = TakeRecorder(Path(sys.argv[2]))
print("ready", flush=True)
begun_s = time.monotonic()
for index, observation in enumerate(demo.observations):
    recorder.add(observation, index / 30)
    print(index / 30, flush=True)
    time.sleep(max(0.0, begun_s + (index + 1) / 30 - time.monotonic()))
"""
"""Records the demo as fast as it plays, and prints the time of each frame that it handed over."""


def record(path: Path, frames: int) -> TakeRecorder:
    """Return a recorder that was given frames of the demo, of which number 3 has no face."""
    recorder = TakeRecorder(path)
    for index in range(frames):
        recorder.add(None if index == 3 else DEMO.observations[100 + index], 50.0 + index / 30)
    return recorder


def test_a_recording_becomes_a_take_from_zero_on(tmp_path: Path) -> None:
    report = record(tmp_path / "run.npz", 9).stop()
    assert (report.path, report.frames, report.missed, report.error) == (tmp_path / "run.npz", 9, 0, None)
    assert report.seconds == pytest.approx(8 / 30)
    take = load_take(tmp_path / "run.npz")
    np.testing.assert_allclose(take.times, np.arange(9) / 30)
    assert [each is None for each in take.observations] == [index == 3 for index in range(9)]
    np.testing.assert_array_equal(take.observations[8].landmarks, DEMO.observations[108].landmarks)
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]


def test_a_take_of_one_frame_is_one_and_of_none_leaves_nothing(tmp_path: Path) -> None:
    assert record(tmp_path / "one.npz", 1).stop().frames == 1
    assert record(tmp_path / "none.npz", 0).stop().frames == 0
    assert [path.name for path in tmp_path.iterdir()] == ["one.npz"]
    assert len(load_take(tmp_path / "one.npz").observations) == 1


def test_frames_whose_times_do_not_rise_are_left_out(tmp_path: Path) -> None:
    recorder = record(tmp_path / "run.npz", 2)
    for time_s in (50.0, 50.0 + 1 / 30, 51.0):
        recorder.add(None, time_s)
    assert recorder.stop().frames == 3
    assert load_take(tmp_path / "run.npz").times[-1] == 1.0


def test_a_disk_that_is_full_keeps_what_was_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = TakeJournal.add

    def add(journal: TakeJournal, *seen: object) -> None:
        if journal.frames == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        plain(journal, *seen)

    monkeypatch.setattr(TakeJournal, "add", add)
    report = record(tmp_path / "run.npz", 9).stop()
    assert report.error == f"{tmp_path / 'run.npz'} cannot be written any further (the disk is full)."
    assert len(load_take(report.path).observations) == report.frames == 5
    assert report.seconds == pytest.approx(4 / 30)


def test_a_take_that_does_not_fit_beside_its_journal_stays_in_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutputError("The disk is full.")

    monkeypatch.setattr(take_saving, "write_npz", full)
    report = record(tmp_path / "run.npz", 9).stop()
    assert (report.path, report.error) == (tmp_path / "run.journal", "The disk is full.")
    assert len(load_take(report.path).observations) == 9
    monkeypatch.undo()
    said: list[str] = []
    recover_takes(tmp_path, said.append)
    assert said == [f"recovered 9 frames of a recording that was interrupted: {tmp_path / 'run.npz'}"]


def test_no_error_while_the_take_is_written_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError("out of memory")

    monkeypatch.setattr(take_saving, "write_npz", broken)
    report = record(tmp_path / "run.npz", 9).stop()
    assert report.error == f"{tmp_path / 'run.npz'} cannot be written: out of memory."
    assert len(load_take(report.path).observations) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not remove files that are open")
def test_a_folder_that_is_removed_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    recorder = record(folder / "run.npz", 9)
    shutil.rmtree(folder)
    recorder.add(None, 51.0)
    report = recorder.stop()
    assert (report.path, report.error) == (folder / "run.npz", None)
    assert len(load_take(folder / "run.npz").observations) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_recording_loses_at_most_its_last_second(tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    arguments = [sys.executable, "-c", RECORDER, str(ASSETS / "takes" / "demo.npz"), str(path)]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    said: list[str] = []
    recover_takes(tmp_path, said.append)
    assert said == [f"{tmp_path / 'run.journal'} is a take that is still being recorded."]
    time.sleep(2.5)
    process.send_signal(signal.SIGKILL)
    given = [float(line) for line in process.communicate()[0].split()]
    recover_takes(tmp_path, said.append)
    take = load_take(path)
    assert given[-1] > 1.5
    assert given[-1] - 1.0 <= take.times[-1] <= given[-1] + 0.1
    assert all(each is not None for each in take.observations)
    assert said[1] == f"recovered {len(take.times)} frames of a recording that was interrupted: {path}"
    assert [each.name for each in tmp_path.iterdir()] == ["run.npz"]


def test_recovering_overwrites_nothing_and_leaves_other_files(tmp_path: Path) -> None:
    journal = TakeJournal(tmp_path / "run.journal", (2**22 + 1, 0.0))
    journal.add(DEMO.observations[100], 0.0)
    journal.close()
    TakeJournal(tmp_path / "empty.journal", (2**22 + 1, 0.0)).close()
    (tmp_path / "run.npz").write_bytes(b"mine")
    (tmp_path / "system.journal").write_bytes(b"of another program")
    said: list[str] = []
    recover_takes(tmp_path, said.append)
    assert len(load_take(tmp_path / "run-2.npz").observations) == 1
    assert (tmp_path / "run.npz").read_bytes() == b"mine"
    assert "before its first frame" in said[0]
    names = {"empty.journal", "run.npz", "run-2.npz", "system.journal"}
    assert {path.name for path in tmp_path.iterdir()} == names

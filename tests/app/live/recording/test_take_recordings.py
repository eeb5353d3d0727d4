"""The key T: takes of what the tracker sees, told with their whole paths."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.live.recording.take_recordings import TakeRecordings, told
from app.live.threads.animating import LiveFrame
from app.recording.kept_files import KeptFiles
from app.recording.take_recorder import TakeRecorder, TakeReport
from flame_model.params import rest_params
from mappings.mirror import mirror_observation
from mappings.records.take import load_take
from mappings.records.take_journal import TakeJournal
from tests.robustness.writing_commands import ASSETS

DEMO = load_take(ASSETS / "takes" / "demo.npz")


def live_frame(index: int) -> LiveFrame:
    """Return frame number `index` of the demo as the window gets it."""
    return LiveFrame(index / 30, None, DEMO.observations[index], 0.0, rest_params(1))


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def takes(tmp_path: Path, said: list[str]) -> TakeRecordings:
    return TakeRecordings(KeptFiles(tmp_path, "/heads/my head.npz"), said.append)


def wait_for(said: list[str], takes: TakeRecordings) -> str:
    """Return the next notice."""
    deadline_s = time.monotonic() + 20
    while not said and time.monotonic() < deadline_s:
        takes.status()
        time.sleep(0.01)
    return said.pop(0)


def test_the_key_begins_and_ends_a_take_and_says_where_it_is(
    takes: TakeRecordings, said: list[str], tmp_path: Path
) -> None:
    takes.see(live_frame(0))
    assert takes.status() == ""
    takes.toggle()
    for index in range(90, 151):
        takes.see(live_frame(index))
    assert takes.status() == "take 00:02"
    takes.toggle()
    notice = wait_for(said, takes)
    (path,) = tmp_path.iterdir()
    assert notice == f"recorded a take of 2.0 s (61 frames) to {path}"
    assert path.name.startswith("flame-cam-2")
    assert path.name.endswith("-my-head.npz")
    assert len(load_take(path).observations) == 61
    takes.close(said.append)
    assert said == []


def test_left_and_right_are_the_persons_own(takes: TakeRecordings, said: list[str], tmp_path: Path) -> None:
    takes.toggle()
    mirrored = replace(live_frame(100), observation=mirror_observation(DEMO.observations[100]), mirrored=True)
    takes.see(mirrored)
    takes.close(said.append)
    (path,) = tmp_path.iterdir()
    assert said == [f"recorded a take of 0.0 s (1 frame) to {path}"]
    (seen,) = load_take(path).observations
    np.testing.assert_allclose(seen.scores, DEMO.observations[100].scores)
    np.testing.assert_allclose(seen.landmarks, DEMO.observations[100].landmarks, atol=1e-3)


def test_only_new_frames_are_recorded_also_those_without_a_face(
    takes: TakeRecordings, said: list[str], tmp_path: Path
) -> None:
    takes.toggle()
    for frame in (
        live_frame(1),
        replace(live_frame(2), fresh=False),
        replace(live_frame(3), observation=None),
    ):
        takes.see(frame)
    takes.close(said.append)
    (path,) = tmp_path.iterdir()
    assert [each is None for each in load_take(path).observations] == [False, True]


def test_a_take_goes_on_in_another_file_before_it_is_too_long_to_be_read(
    takes: TakeRecordings, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.live.recording.take_recordings.MOST_FRAMES", 5)
    takes.toggle()
    for index in range(5):
        takes.see(live_frame(index))
    assert "5 frames" in wait_for(said, takes)
    takes.see(live_frame(5))
    takes.close(said.append)
    assert "(1 frame)" in said[0]
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_several_in_a_second_are_several_files(
    takes: TakeRecordings, said: list[str], tmp_path: Path
) -> None:
    for _ in range(3):
        takes.toggle()
        takes.see(live_frame(1))
        takes.toggle()
    takes.close(said.append)
    assert len(set(said)) == 3
    assert len(list(tmp_path.glob("*.npz"))) == 3


def test_what_an_interrupted_recording_left_is_told_when_the_next_begins(
    takes: TakeRecordings, said: list[str], tmp_path: Path
) -> None:
    left = TakeJournal(tmp_path / "left.journal", (2**22 + 1, 0.0))
    left.add(DEMO.observations[0], 0.0)
    left.close()
    (tmp_path / "system.journal").write_bytes(b"of another program")
    takes.toggle()
    assert len(said) == 1
    assert said[0].startswith(f"{left.path} is left of a recording")
    assert f"flame-cam takes list {tmp_path}" in said[0]
    takes.close(said.append)


def test_at_the_end_a_long_take_is_told_before_it_is_written(
    takes: TakeRecordings, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.live.recording.take_recordings._LONG", 1)
    monkeypatch.setattr(TakeRecorder, "report", lambda _: None)
    monkeypatch.setattr(TakeRecorder, "stop", lambda each: TakeReport(each.path, 2, 0, 0.1, None))
    takes.toggle()
    for index in range(3):
        takes.see(live_frame(index))
    time.sleep(0.5)
    takes.close(said.append)
    assert said[0].startswith("writing the take ")
    assert said[1].startswith("recorded a take ")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "file").write_text("no folder")
    takes = TakeRecordings(KeptFiles(tmp_path / "file", "builtin"), said.append)
    takes.toggle()
    assert len(said) == 1
    assert str(tmp_path / "file") in said[0]
    assert takes.status() == ""


def test_every_end_of_a_take_is_told(tmp_path: Path) -> None:
    path, journal = tmp_path / "run.npz", tmp_path / "run.journal"
    assert told(TakeReport(path, 0, 0, 0.0, None)) == f"no take was recorded to {path}: no frame came"
    full = told(TakeReport(journal, 40, 0, 1.3, "The disk is full."))
    assert full == f"The disk is full. 1.3 s (40 frames) are in {journal}; make a take of it by: " + (
        f"flame-cam takes list {tmp_path}"
    )
    assert "2 frames missed" in told(TakeReport(path, 40, 2, 1.3, None))
    cut = told(TakeReport(path, 40, 0, 1.3, "The disk is full."))
    assert cut == f"The disk is full. It had recorded a take of 1.3 s (40 frames) to {path}"

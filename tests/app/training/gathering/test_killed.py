"""A gathering run that is killed outright leaves no process behind and keeps what was done."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from app.training.gathering.clip import ClipTask
from app.training.gathering.parts import Parts
from tests.app.conftest import program, program_environment

PATIENCE_S = 60


def until(happened: Callable[[], bool]) -> None:
    """Wait for something that should happen soon."""
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def test_processes_end_with_the_one_that_started_them(
    clips: tuple[Path, ...], test_data: Path, bundle: Path, tmp_path: Path
) -> None:
    long_clip, out = test_data / "clips" / "talking_wide.mp4", tmp_path / "data.npz"
    command = program(
        *("mapping", "gather", long_clip, clips[0], "--out", out, "--jobs", "2", "--landmarker", bundle)
    )
    running = subprocess.Popen(command, env=program_environment(tmp_path, {}), stderr=subprocess.DEVNULL)
    # A file that is still being written has a hidden name.
    until(lambda: bool(list(Parts(out).folder.glob("[!.]*.npz"))))
    workers = psutil.Process(running.pid).children()
    running.kill()
    running.wait()
    assert len(workers) >= 2
    until(lambda: not any(worker.is_running() and worker.status() != "zombie" for worker in workers))
    kept = Parts(out).read(ClipTask(clips[0].resolve(), bundle))
    assert kept is not None
    assert len(kept.scores) == 12
    assert not out.exists()

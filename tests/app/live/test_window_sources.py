"""A live run without a camera, and one whose source is changed: the window opens and stays."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests.app.conftest import ROOT, program_environment
from tests.app.live.shown_window import WAIT_S, press, shown_window

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)
NO_CAMERA = """
import os, sys
from app.cli import main
from app.live.threads import startup
from app.sources.contract import NoCameraError
from render.platform.event_queue import EventQueue

open_source, take = startup.open_source, EventQueue.take

def without_cameras(spec, **options):
    if spec == "0":
        raise NoCameraError("There is no camera 0.")
    return open_source(spec, **options)

def take_dropped(events):
    if os.path.exists("dropped.txt"):
        with open("dropped.txt") as file:
            events.on_drop(None, [file.read()])
        os.remove("dropped.txt")
    return take(events)

startup.open_source, EventQueue.take = without_cameras, take_dropped
sys.argv = ["flame-cam", *sys.argv[1:]]
main()
"""
"""The program on a machine without a camera; the file that dropped.txt names is dropped onto its window."""


@pytest.fixture
def run(tmp_path: Path, display: str) -> Iterator[subprocess.Popen[str]]:
    """Start the program without arguments that concern its source."""
    process = subprocess.Popen(
        [sys.executable, "-c", NO_CAMERA, "--size", "240x240", "--out", "."],
        cwd=tmp_path,
        env=program_environment(tmp_path, {"DISPLAY": display, "PYTHONPATH": str(ROOT)}),
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()


def drop(path: Path, folder: Path) -> None:
    """Drop a file onto the window."""
    (folder / "dropping.txt").write_text(str(path))
    (folder / "dropping.txt").replace(folder / "dropped.txt")


def test_the_demo_stands_in_for_a_camera_and_dropped_files_are_shown(
    run: subprocess.Popen[str], tmp_path: Path, display: str
) -> None:
    window = shown_window(run, display, "^flame-cam - demo$")
    press(window, display, "3", "Escape", "h", "Escape", "q", "t")
    (tmp_path / "notes.txt").write_text("not a clip")
    drop(tmp_path / "notes.txt", tmp_path)
    shown_window(run, display, "^flame-cam - demo$")
    take = tmp_path / "anna.npz"
    take.write_bytes((files("assets") / "takes" / "demo.npz").read_bytes())
    drop(take, tmp_path)
    shown_window(run, display, "^flame-cam - anna.npz$")
    deadline_s = time.monotonic() + WAIT_S
    while not list(tmp_path.glob("flame-cam-*.npz")):
        assert time.monotonic() < deadline_s, "the take of the demo has not ended with it"
        time.sleep(0.05)
    press(window, display, "ctrl+q")
    error = run.communicate(timeout=60)[1]
    assert run.returncode == 0, error
    assert error == ""

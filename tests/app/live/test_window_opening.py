"""A live run on a source that never opens: the window opens, and every way to end a run works."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.conftest import ROOT, FlameCam, program_environment
from tests.app.live.shown_window import press, shown_window

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)
SMALL = ("--size", "240x240")
SOON_S = 5.0
"""Longest wait for something that takes a second on an idle machine."""
HANGS = """
import sys, threading
from app.cli import main
from app.live.threads import startup
startup.open_source = lambda *_, **__: threading.Event().wait()
sys.argv = ["flame-cam", *sys.argv[1:]]
main()
"""
"""The program on a machine whose camera driver hangs."""


@pytest.fixture
def hanging(tmp_path: Path, display: str) -> Iterator[subprocess.Popen[str]]:
    """Start a run that waits for its camera."""
    variables = {"DISPLAY": display, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", HANGS, "--source", "0", "--stats", "stats.json", *SMALL],
        cwd=tmp_path,
        env=program_environment(tmp_path, variables),
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGHUP, "ctrl+q"])
def test_the_run_ends_at_once(
    hanging: subprocess.Popen[str], tmp_path: Path, display: str, end: signal.Signals | str
) -> None:
    window = shown_window(hanging, display, "^flame-cam - 0$")
    begun_s = time.monotonic()
    if isinstance(end, str):
        press(window, display, end)
    else:
        hanging.send_signal(end)
    error = hanging.communicate(timeout=60)[1]
    # Keys are only seen once the head is on the screen.
    assert isinstance(end, str) or time.monotonic() - begun_s < SOON_S
    assert hanging.returncode == 0, error
    assert error == ""
    assert isinstance(end, signal.Signals) or (tmp_path / "stats.json").is_file()


def test_exit_after_counts_though_nothing_opens(tmp_path: Path, display: str) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", HANGS, "--exit-after", "1", *SMALL],
        cwd=tmp_path,
        env=program_environment(tmp_path, {"DISPLAY": display, "PYTHONPATH": str(ROOT)}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert finished.returncode == 0
    assert finished.stderr == ""


def test_a_source_that_cannot_be_opened_is_told(flame_cam: FlameCam, display: str) -> None:
    finished = flame_cam("--source", "gone.mp4", *SMALL, DISPLAY=display)
    assert finished.returncode == 2
    assert "'gone.mp4'" in finished.stderr

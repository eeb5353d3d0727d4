"""A live run on a source that never opens: there is a window, and everything that ends a run ends it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.conftest import FlameCam, program, program_environment

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)
SMALL = ("--size", "240x240")
SOON_S = 5.0
"""For what takes a second on an idle machine."""


@pytest.fixture
def pipe(tmp_path: Path) -> str:
    """Return a pipe that nobody writes to."""
    os.mkfifo(tmp_path / "pipe.mp4")
    return "pipe.mp4"


@pytest.fixture
def server() -> Iterator[str]:
    """Return the address of a server that takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/clip.mp4"


def window_of(process: subprocess.Popen[str], display: str, name: str) -> str:
    """Wait for a run's window and return its number."""
    tool = shutil.which("xdotool")
    assert tool, "key tests need xdotool: apt-get install -y xdotool"
    find = [tool, "search", "--onlyvisible", "--name", f"^flame-cam - {name}"]
    deadline_s = time.monotonic() + 60
    while time.monotonic() < deadline_s:
        assert process.poll() is None, process.communicate()[1]
        shown = subprocess.run(
            find, env={"DISPLAY": display}, capture_output=True, text=True, check=False
        ).stdout.split()
        if shown:
            return shown[0]
        time.sleep(0.1)
    raise AssertionError("no window")


@pytest.mark.parametrize(
    ("source", "end"), [("pipe", signal.SIGINT), ("server", signal.SIGHUP), ("server", "Escape")]
)
def test_the_run_ends_at_once(
    tmp_path: Path, display: str, request: pytest.FixtureRequest, source: str, end: signal.Signals | str
) -> None:
    silent = request.getfixturevalue(source)
    process = subprocess.Popen(
        program("--source", silent, "--stats", "stats.json", *SMALL),
        cwd=tmp_path,
        env=program_environment(tmp_path, {"DISPLAY": display}),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        window = window_of(process, display, silent)
        begun_s = time.monotonic()
        if isinstance(end, str):
            press = ["xdotool", "windowfocus", "--sync", window, "key", end]
            subprocess.run(press, env=os.environ | {"DISPLAY": display}, check=True)
        else:
            process.send_signal(end)
        error = process.communicate(timeout=60)[1]
        # Keys are only seen once the head is on the screen.
        assert isinstance(end, str) or time.monotonic() - begun_s < SOON_S
    finally:
        process.kill()
    assert process.returncode == 0, error
    assert error == ""


def test_exit_after_counts_though_nothing_opens(flame_cam: FlameCam, display: str, pipe: str) -> None:
    finished = flame_cam("--source", pipe, "--exit-after", "1", *SMALL, DISPLAY=display)
    assert finished.returncode == 0
    assert finished.stderr == ""


def test_a_source_that_cannot_be_opened_is_told(flame_cam: FlameCam, display: str) -> None:
    finished = flame_cam("--source", "gone.mp4", *SMALL, DISPLAY=display)
    assert finished.returncode == 2
    assert "'gone.mp4'" in finished.stderr

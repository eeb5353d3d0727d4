"""Takes in a real window: the key T records one, and a killed run leaves one."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import run as run_command
from mappings.records.take import load_take
from tests.app.live.running import Running

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)


@pytest.fixture
def running(tmp_path: Path, display: str) -> Iterator[Running]:
    """Start the demo in a window."""
    run = Running(tmp_path, display)
    yield run
    run.kill()


def test_t_records_a_take_beside_a_recording_and_tells_its_whole_path(
    running: Running, tmp_path: Path
) -> None:
    running.press("t", "r")
    running.wait_until("flame-cam-*.journal", least=200_000)
    running.press("t")
    path = running.wait_until("flame-cam-*.npz")
    running.press("t", "ctrl+q")
    error = running.end()
    assert running.process.returncode == 0, error
    takes = sorted(tmp_path.glob("flame-cam-*-builtin*.npz"))
    assert len(takes) == 2
    assert f"frames) to {takes[1]}" in error or f"frame) to {takes[1]}" in error
    assert f" s to {next(tmp_path.glob('*.mp4'))}" in error
    assert not list(tmp_path.glob("*.journal"))
    take = load_take(path)
    assert len(take.observations) > 30
    assert all(each is not None for each in take.observations)


def test_keys_of_the_timeline_pause_and_step(running: Running, tmp_path: Path) -> None:
    def screenshot() -> bytes:
        before = set(tmp_path.glob("flame-cam-*.png"))
        running.press("s")
        deadline_s = time.monotonic() + 20
        while time.monotonic() < deadline_s:
            for path in set(tmp_path.glob("flame-cam-*.png")) - before:
                return path.read_bytes()
            time.sleep(0.05)
        raise AssertionError("no screenshot")

    running.press("t")
    running.wait_until("flame-cam-*.journal", least=200_000)
    running.press("j", "space")
    time.sleep(1.0)
    paused = screenshot()
    assert screenshot() == paused
    running.press(*10 * ["Right"])
    time.sleep(1.0)
    stepped = screenshot()
    assert stepped != paused
    running.press("x")
    time.sleep(1.5)
    assert screenshot() != stepped, "keys act on the frame that is shown"
    running.press("space")
    time.sleep(1.0)
    assert screenshot() != stepped
    running.press("ctrl+q")
    error = running.end()
    assert running.process.returncode == 0, error


def test_a_killed_run_leaves_a_take_that_opens_and_is_listed(
    running: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running.press("t")
    journal = running.wait_until("flame-cam-*.journal", least=200_000)
    begun_s = time.monotonic()
    time.sleep(2.0)
    running.process.send_signal(signal.SIGKILL)
    running.process.wait()
    recorded_s = time.monotonic() - begun_s
    assert run_command(["track", str(journal), str(tmp_path / "opened.csv")]) == 0
    assert run_command(["takes", "list", str(tmp_path)]) == 0
    told = capsys.readouterr()
    path = journal.with_suffix(".npz")
    assert str(path) in told.err
    assert path.name in told.out
    assert load_take(path).times[-1] > recorded_s - 1.0

"""Ctrl-C, a closed terminal and a service manager's stop: recordings are finished and the message is true."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.app.conftest import ROOT
from tests.app.recording.conftest import read_back

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to whole consoles only")

RECORDER = """
import sys, time
from pathlib import Path
from app.system.stop_signals import install_interruption
from app.recording import open_writer
from tests.app.recording.conftest import picture

install_interruption()
try:
    with open_writer(Path(sys.argv[1]), (64, 48), 30, alpha=False) as writer:
        for index in range(40):
            writer.add(picture(index))
        plain_add = writer._writer.finish
        writer._writer.finish = lambda: (time.sleep(1.0), plain_add())
        print("ready", flush=True)
        time.sleep(30)
except KeyboardInterrupt as interruption:
    print(*interruption.__notes__, flush=True)
    sys.exit(1)
"""
"""Records forty pictures, waits for a signal, and takes a second to finish."""


def record(out: Path, signals: tuple[str, ...], *prefix: str) -> tuple[int, str]:
    """Send signals to the recorder, and return its exit code and what it said."""
    process = subprocess.Popen(
        [*prefix, sys.executable, "-c", RECORDER, str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    while process.stdout.readline() != "ready\n":
        assert process.poll() is None
    for name in signals:
        process.send_signal(getattr(signal, name))
        time.sleep(0.2)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


@pytest.mark.parametrize(
    "signals", [("SIGINT",), ("SIGHUP",), ("SIGTERM",), ("SIGINT", "SIGINT"), ("SIGHUP", "SIGTERM")]
)
def test_a_recording_is_finished_whatever_comes_and_however_often(
    tmp_path: Path, signals: tuple[str, ...]
) -> None:
    out = tmp_path / "out.gif"
    code, said = record(out, signals)
    assert code == 1
    assert f"{out} holds the first 40 frames." in said
    assert len(read_back(out)) == 40
    asked = "recordings are being finished; interrupt once more to end at once" in said
    assert asked == (len(signals) == 2)


def test_the_third_time_ends_it_at_once_and_nothing_else_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out.gif"
    code, said = record(out, ("SIGINT",) * 3)
    assert code == 1
    assert "holds the first" not in said
    assert "ended at once; recordings are cut short" in said
    assert len(read_back(out)) >= 25


def test_what_nohup_shuts_out_stays_shut_out(tmp_path: Path) -> None:
    code, said = record(tmp_path / "out.gif", ("SIGHUP", "SIGTERM"), "nohup")
    assert code == 1
    assert "once more" not in said

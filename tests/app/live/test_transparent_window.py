"""A window is transparent where the desktop composes windows; elsewhere one sentence says that it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.recording.recorded_clip import RecordedClip
from tests.app.conftest import FlameCam, sentence
from tests.app.live.running import SMALL

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)
ASKED = ("demo", "--background", "transparent", "--exit-after", "2", "--stats", "stats.json", *SMALL)

COMPOSITOR = """
import ctypes, sys
from ctypes import c_ulong, c_void_p
x = ctypes.CDLL("libX11.so.6")
for name in ("XDefaultRootWindow", "XCreateSimpleWindow", "XInternAtom", "XGetSelectionOwner"):
    getattr(x, name).restype = c_ulong
x.XOpenDisplay.restype = c_void_p
display = c_void_p(x.XOpenDisplay(None))
composing = c_ulong(x.XInternAtom(display, b"_NET_WM_CM_S0", 0))
if x.XGetSelectionOwner(display, composing):
    print("there is one", flush=True)
else:
    root = c_ulong(x.XDefaultRootWindow(display))
    window = x.XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, c_ulong(0), c_ulong(0))
    x.XSetSelectionOwner(display, composing, c_ulong(window), c_ulong(0))
    x.XSync(display, 0)
    print("ready", flush=True)
sys.stdin.read()
"""
"""Claims to compose windows, as compositors do (EWMH, "Compositing Managers"), until its input ends."""


@pytest.fixture
def composing_display(display: str) -> Iterator[str]:
    """Return a display on which a program claims to compose windows."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMPOSITOR],
        env={**os.environ, "DISPLAY": display},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline()
    yield display
    process.communicate("", timeout=10)


def test_where_windows_are_composed_the_head_stands_before_the_desktop(
    flame_cam: FlameCam, tmp_path: Path, composing_display: str
) -> None:
    finished = flame_cam(*ASKED, DISPLAY=composing_display)
    assert finished.returncode == 0, finished.stderr
    assert json.loads((tmp_path / "stats.json").read_text())["render_fps"] > 0


@pytest.mark.skipif("DISPLAY" in os.environ, reason="a desktop's own display may have transparent windows")
def test_elsewhere_a_sentence_says_so(flame_cam: FlameCam, display: str) -> None:
    finished = flame_cam(*ASKED, DISPLAY=display)
    assert finished.returncode == 2
    assert "transparent" in sentence(finished)


def test_a_recording_is_transparent_on_any_display(flame_cam: FlameCam, tmp_path: Path, display: str) -> None:
    asked = ("demo", "--background", "transparent", "--exit-after", "2", "--record", "run.webm", *SMALL)
    finished = flame_cam(*asked, DISPLAY=display)
    assert finished.returncode == 0, finished.stderr
    clip = RecordedClip(tmp_path / "run.webm")
    assert clip.alpha
    _, picture = next(clip.pictures())
    assert picture[:20, :20, 3].max() == 0
    assert picture[110:130, 110:130, 3].min() == 255

"""No picture, no number and no name look-up leaves the machine while a face is tracked."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.conftest import ROOT, program, program_environment

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="system calls are watched with strace, which only Linux has"
)
UPLOADER = re.compile(rb"clearcut|play\.googleapis\.com", re.IGNORECASE)
"""What the wheels that send usage data to their makers have in their native library."""
CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
OUTWARD = re.compile(r"AF_INET6?\b|nscd|systemd/resolve|resolved")
"""An internet address, or one of the services that look names up for a program."""


def watched(arguments: list[str], folder: Path, **variables: str) -> tuple[int, str, list[str]]:
    """Run a command with the network shut off and return exit code, stderr and the calls that lead out."""
    strace = shutil.which("strace")
    assert strace, "this test watches system calls: apt-get install -y strace"
    log = folder / "calls.log"
    finished = subprocess.run(
        [*offline(), strace, "-f", "--seccomp-bpf", "-qq", "-e", CALLS, "-o", str(log), *arguments],
        cwd=folder,
        env=program_environment(folder, variables),
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return finished.returncode, finished.stderr, [call for call in calls if OUTWARD.search(call)]


def offline() -> list[str]:
    """Return what starts a command without any network, where the system lets a user do that."""
    cut_off = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which("unshare") and subprocess.run([*cut_off, "true"], check=False).returncode == 0
    return cut_off if allowed else []


def test_the_installed_tracker_carries_no_uploader() -> None:
    found = importlib.util.find_spec("mediapipe")
    assert found is not None
    assert found.origin is not None
    files = [path for path in Path(found.origin).parent.rglob("*") if path.is_file()]
    assert any(path.stat().st_size > 2**20 for path in files), "the native library was not among the files"
    assert [path.name for path in files if UPLOADER.search(path.read_bytes())] == []


def test_a_program_that_calls_home_is_noticed(tmp_path: Path) -> None:
    code = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 443))"
    _, _, calls = watched([sys.executable, "-c", code], tmp_path)
    assert len(calls) == 1
    look_up = "import socket\ntry: socket.getaddrinfo('example.invalid', 443)\nexcept OSError: pass"
    assert watched([sys.executable, "-c", look_up], tmp_path)[2]


COMMANDS = {
    "render": ("render", "{clip}", "out.mp4", "--frames", "5", "--size", "64x64"),
    "track": ("track", "{clip}", "take.npz", "--frames", "5"),
    "gather": ("mapping", "gather", "{photo}", "--out", "data.npz", "--jobs", "1"),
    "evaluate": ("mapping", "evaluate", "{clip}", "--frames", "5", "--solver", "scores"),
    "respond": ("mapping", "respond", "--readings", "200", "--out", "response.npz"),
    "calibrate": ("calibrate", "--source", "{clip}", "--profile", "me"),
    "heads fit": ("heads", "fit", "{photo}", "--name", "me"),
    "heads add": ("heads", "add", "{head}", "--name", "copy", "--no-response"),
    "live": ("--source", "{clip}", "--exit-after", "3", "--size", "64x64"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_tracks_makes_no_connection(
    command: str, tmp_path: Path, display: str, test_data: Path, bundle: Path
) -> None:
    places = {
        "clip": str(test_data / "clips" / "grin.mp4"),
        "photo": str(test_data / "photos" / "obama.jpg"),
        "head": str(ROOT / "assets" / "heads" / "builtin.npz"),
    }
    arguments = [argument.format(**places) for argument in COMMANDS[command]]
    variables = {"FLAME_CAM_LANDMARKER": str(bundle), "XDG_CONFIG_HOME": str(tmp_path), "DISPLAY": display}
    code, said, calls = watched(program(*arguments), tmp_path, **variables)
    assert code == 0, said
    assert calls == []

"""The window of a running program, found and given keys by xdotool."""

from __future__ import annotations

import shutil
import subprocess
import time

WAIT_S = 60.0


def xdotool() -> str:
    """Return the path of xdotool, without which no key can be pressed."""
    tool = shutil.which("xdotool")
    assert tool, "key tests need xdotool: apt-get install -y xdotool"
    return tool


def shown_window(process: subprocess.Popen[str], display: str, title: str) -> str:
    """Wait until a run's window is on the screen and return its number.

    A window exists before it is shown, and X refuses to focus one that is not: only shown ones count.
    """
    find = [xdotool(), "search", "--onlyvisible", "--name", title]
    deadline_s = time.monotonic() + WAIT_S
    while time.monotonic() < deadline_s:
        assert process.poll() is None, process.communicate()[1]
        shown = subprocess.run(
            find, env={"DISPLAY": display}, capture_output=True, text=True, check=False
        ).stdout.split()
        if shown:
            return shown[0]
        time.sleep(0.1)
    raise AssertionError(f"no window named {title} after {WAIT_S} s")


def press(window: str, display: str, *keys: str) -> None:
    """Press keys in a shown window, one after another."""
    for key in keys:
        command = [xdotool(), "windowfocus", "--sync", window, "key", key]
        subprocess.run(command, env={"DISPLAY": display}, check=True)

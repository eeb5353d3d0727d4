"""The program as a person runs it: in a process of its own, with or without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.render.conftest import display

__all__ = ["display"]

Finished = subprocess.CompletedProcess[str]
FlameCam = Callable[..., Finished]
ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 120


def program_environment(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    """Return an environment without display, with caches and settings in `folder`, and with `variables`."""
    hidden = ("PYOPENGL_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY", "FLAME_CAM_LANDMARKER")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    own = {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder / "config")}
    return kept | {"PYTHONPATH": str(ROOT)} | own | variables


def program(*arguments: str | Path) -> list[str]:
    """Return the command line of the program."""
    return [sys.executable, "-m", "app.cli", *map(str, arguments)]


@pytest.fixture
def flame_cam(tmp_path: Path) -> FlameCam:
    """Return a function that runs `flame-cam` in `tmp_path` to its end."""

    def run(*arguments: str | Path, **variables: str) -> Finished:
        return subprocess.run(
            program(*arguments),
            cwd=tmp_path,
            env=program_environment(tmp_path, variables),
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )

    return run


def sentence(finished: Finished) -> str:
    """Return the one line on stderr of a command that failed."""
    lines = finished.stderr.strip().splitlines()
    assert len(lines) == 1, finished.stderr
    assert lines[0].startswith("flame-cam: ")
    return lines[0]

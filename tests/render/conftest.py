"""A context for the tests of this room, and a display for those that open a window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from render.platform.offscreen import OffscreenContext

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def _context() -> Iterator[None]:
    with OffscreenContext():
        yield


@pytest.fixture
def context(_context: None) -> Iterator[None]:
    """Make a context current; the test fails if an OpenGL error is pending before or after it."""
    from OpenGL import GL

    assert GL.glGetError() == GL.GL_NO_ERROR, "an OpenGL error was left over by an earlier test"
    yield
    assert GL.glGetError() == GL.GL_NO_ERROR, "the test left an OpenGL error behind"


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """Return the name of an X display, starting a virtual one where there is none."""
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    server = shutil.which("Xvfb")
    assert server, "window tests need a display or Xvfb: apt-get install -y xvfb"
    reader, writer = os.pipe()
    # Without -noreset the server restarts when its last client leaves, and refuses clients meanwhile.
    options = ["-screen", "0", "1024x768x24", "-nolisten", "tcp", "-noreset"]
    process = subprocess.Popen(
        [server, "-displayfd", str(writer), *options],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as numbers:
        yield f":{numbers.readline().strip()}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def run_python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs code in a new process, because PyOpenGL binds to a platform only once."""

    def run(code: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
        hidden = ("PYOPENGL_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
        environment = {key: value for key, value in os.environ.items() if key not in hidden}
        environment |= {key: value for key, value in variables.items() if value is not None}
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run

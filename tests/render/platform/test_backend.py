"""PyOpenGL binds to the right platform, once; contexts without a window can be opened repeatedly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from flame_model.errors import GraphicsError
from render.platform import backend

Run = Callable[..., CompletedProcess[str]]

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has a choice of platforms"
)

OPEN_AND_PRINT = """
from render.platform.offscreen import OffscreenContext
with OffscreenContext():
    from OpenGL import GL
    print(GL.glGetIntegerv(GL.GL_MAJOR_VERSION) >= 3, end=" ")
"""


@linux
def test_contexts_can_be_opened_one_after_the_other(run_python: Run) -> None:
    result = run_python(OPEN_AND_PRINT * 2)
    assert (result.returncode, result.stdout) == (0, "True True "), result.stderr


@linux
def test_a_bound_platform_cannot_be_changed(run_python: Run) -> None:
    result = run_python(
        "from render.platform import backend; backend.select(headless=True); import OpenGL.GL; "
        "backend.select(headless=False)",
        DISPLAY=":1",
    )
    assert "already bound to 'egl'" in result.stderr


@linux
def test_windows_prefer_x_under_wayland(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":0")
    assert backend.window_platform() == "glx"
    monkeypatch.delenv("DISPLAY")
    assert backend.window_platform() == "egl"


@linux
def test_missing_libraries_name_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        backend, "HEADLESS_PLATFORMS", {"egl": "libNoSuchEGL.so.1", "osmesa": "libNoSuchMesa.so.1"}
    )
    with pytest.raises(GraphicsError, match="apt-get install -y libegl1 libgl1 libgl1-mesa-dri libglx-mesa0"):
        backend.select(headless=True)

"""Choose the platform that PyOpenGL binds to: GLX, EGL or OSMesa.

PyOpenGL binds once, when it is first imported, so `select` has to run before.
"""

from __future__ import annotations

import ctypes
import os
import sys

from flame_model.errors import GraphicsError

VARIABLE = "PYOPENGL_PLATFORM"
"""Environment variable that PyOpenGL takes its platform from."""
HEADLESS_PLATFORMS = {"egl": "libEGL.so.1", "osmesa": "libOSMesa.so.8"}
"""Platforms that draw without a window, in order of preference, and the library each needs."""
APT_LINE = "apt-get install -y libegl1 libgl1 libgl1-mesa-dri libglx-mesa0"
"""Installs all that drawing without a window needs, on Debian and Ubuntu."""

_ALIASES = {"x11": "glx", "linux": "glx", "linux2": "glx", "wayland": "egl"}
"""Other names that PyOpenGL accepts for platforms."""


class MissingOpenGLError(GraphicsError):
    """Linux has no working OpenGL for drawing without a window."""

    remedy = APT_LINE

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}; `{APT_LINE}` installs what is needed.")


def select(headless: bool) -> str | None:
    """Set PyOpenGL's platform for a context without (`headless`) or with a window and return its name.

    Return None on macOS and Windows, which have one platform. Raises GraphicsError where PyOpenGL is already
    bound to another platform or Linux has no OpenGL libraries.
    """
    if not sys.platform.startswith("linux"):
        return None
    wanted = _headless_platform() if headless else window_platform()
    bound = _bound_platform()
    if bound is not None and bound != wanted:
        raise GraphicsError(
            f"PyOpenGL is already bound to {bound!r}, but this run needs {wanted!r}; "
            f"start a new process with {VARIABLE}={wanted}."
        )
    os.environ[VARIABLE] = wanted
    return wanted


def window_platform() -> str:
    """Return the platform of windows on Linux: GLX where there is an X display, even under Wayland."""
    return "egl" if not os.environ.get("DISPLAY") and os.environ.get("WAYLAND_DISPLAY") else "glx"


def _headless_platform() -> str:
    asked = os.environ.get(VARIABLE, "").lower()
    names = [asked] if asked in HEADLESS_PLATFORMS else list(HEADLESS_PLATFORMS)
    for name in names:
        if _has_library(HEADLESS_PLATFORMS[name]):
            return name
    raise MissingOpenGLError("No OpenGL library for drawing without a window was found")


def _bound_platform() -> str | None:
    """Return the platform that PyOpenGL bound to when it was imported, None before that."""
    if "OpenGL.platform" not in sys.modules:
        return None
    name = os.environ.get(VARIABLE, "glx").lower()
    return _ALIASES.get(name, name)


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True

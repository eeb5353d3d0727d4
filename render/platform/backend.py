"""Choose the platform that PyOpenGL binds to; the choice is made once, before PyOpenGL's first use."""

from __future__ import annotations

import ctypes
import os
import sys

from flame_model.errors import GraphicsError

VARIABLE = "PYOPENGL_PLATFORM"
HEADLESS_PLATFORMS = {"egl": "libEGL.so.1", "osmesa": "libOSMesa.so.8"}
APT_LINE = "apt-get install -y libegl1 libgl1 libgl1-mesa-dri libglx-mesa0"

_ALIASES = {"x11": "glx", "linux": "glx", "linux2": "glx", "wayland": "egl"}


def select(headless: bool) -> str | None:
    """Set PyOpenGL's platform for a context without (`headless`) or with a window and return its name.

    None means that the system has only one (macOS, Windows). Raises GraphicsError when PyOpenGL is already
    bound to another platform or when Linux has no OpenGL libraries.
    """
    if not sys.platform.startswith("linux"):
        return None
    wanted = _headless_platform() if headless else window_platform()
    bound = _bound_platform()
    if bound is not None and bound != wanted:
        raise GraphicsError(
            f"PyOpenGL is already bound to {bound!r} but this run needs {wanted!r}; "
            f"start a fresh process with {VARIABLE}={wanted}"
        )
    os.environ[VARIABLE] = wanted
    return wanted


def window_platform() -> str:
    """Return the platform of windows on Linux: GLX wherever there is an X display, under Wayland too."""
    return "egl" if not os.environ.get("DISPLAY") and os.environ.get("WAYLAND_DISPLAY") else "glx"


def _headless_platform() -> str:
    asked = os.environ.get(VARIABLE, "").lower()
    names = [asked] if asked in HEADLESS_PLATFORMS else list(HEADLESS_PLATFORMS)
    for name in names:
        if _has_library(HEADLESS_PLATFORMS[name]):
            return name
    raise GraphicsError(f"no OpenGL library for drawing without a window was found; run: {APT_LINE}")


def _bound_platform() -> str | None:
    """Return the platform PyOpenGL took when it was imported, None before that."""
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

"""An OpenGL 3.3 core context by EGL, which needs neither a window nor a window system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from render.platform import backend

_PLATFORM_DEVICE, _PLATFORM_SURFACELESS = 0x313F, 0x31DD
"""EGL_PLATFORM_DEVICE_EXT and EGL_PLATFORM_SURFACELESS_MESA."""


class EglContext:
    """A context without a surface, on the first display that provides one; current until `close`."""

    def __init__(self) -> None:
        """Make the context current; raises GraphicsError where no display provides one."""
        from OpenGL import EGL

        self._egl = EGL
        failures = []
        for name, open_display in _displays(EGL):
            try:
                self._display = open_display()
                self._handle = _context(EGL, self._display)
                return
            except EGL.EGLError as error:
                failures.append(f"{name}: {getattr(error, 'err', error)}")
        reasons = "; ".join(failures) or "no display"
        raise backend.MissingOpenGLError(f"EGL gave no OpenGL 3.3 core context ({reasons})")

    def close(self) -> None:
        """Delete the context."""
        egl = self._egl
        egl.eglMakeCurrent(self._display, egl.EGL_NO_SURFACE, egl.EGL_NO_SURFACE, egl.EGL_NO_CONTEXT)
        egl.eglDestroyContext(self._display, self._handle)


def _displays(egl: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield names of displays without a window system and functions that open them.

    Graphics cards come first, software last.
    """
    from OpenGL.EGL.EXT.device_base import egl_get_devices, eglQueryDevicesEXT
    from OpenGL.EGL.EXT.platform_base import eglGetPlatformDisplayEXT

    if eglGetPlatformDisplayEXT:
        devices = egl_get_devices() if eglQueryDevicesEXT else []
        for index, device in enumerate(devices):
            yield f"device {index}", partial(eglGetPlatformDisplayEXT, _PLATFORM_DEVICE, device, None)
        default = egl.EGL_DEFAULT_DISPLAY
        yield "surfaceless", partial(eglGetPlatformDisplayEXT, _PLATFORM_SURFACELESS, default, None)
    yield "default", partial(egl.eglGetDisplay, egl.EGL_DEFAULT_DISPLAY)


def _context(egl: Any, display: Any) -> Any:
    """Return an OpenGL 3.3 core context of a display, made current; raises EGLError."""
    major, minor, count = egl.EGLint(), egl.EGLint(), egl.EGLint()
    egl.eglInitialize(display, major, minor)
    egl.eglBindAPI(egl.EGL_OPENGL_API)
    wanted = [egl.EGL_RENDERABLE_TYPE, egl.EGL_OPENGL_BIT, egl.EGL_SURFACE_TYPE, 0, egl.EGL_NONE]
    configs = (egl.EGLConfig * 1)()
    egl.eglChooseConfig(display, (egl.EGLint * len(wanted))(*wanted), configs, 1, count)
    version = [
        egl.EGL_CONTEXT_MAJOR_VERSION, 3,
        egl.EGL_CONTEXT_MINOR_VERSION, 3,
        egl.EGL_CONTEXT_OPENGL_PROFILE_MASK, egl.EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
        egl.EGL_CONTEXT_OPENGL_FORWARD_COMPATIBLE, egl.EGL_TRUE,
        egl.EGL_NONE,
    ]  # fmt: skip
    attributes = (egl.EGLint * len(version))(*version)
    handle = egl.eglCreateContext(display, configs[0], egl.EGL_NO_CONTEXT, attributes)
    egl.eglMakeCurrent(display, egl.EGL_NO_SURFACE, egl.EGL_NO_SURFACE, handle)
    return handle

"""A current OpenGL 3.3 core context without a visible window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Any, Protocol

from flame_model.errors import GraphicsError
from render.platform import backend


class _Context(Protocol):
    def close(self) -> None: ...


class OffscreenContext:
    """Make a context current on the calling thread while the `with` block runs.

    Linux uses EGL without a surface, else OSMesa; macOS and Windows a hidden window.
    Raises GraphicsError where there are no OpenGL libraries or they offer less than 3.3.
    """

    def __init__(self) -> None:
        self._context: _Context | None = None

    def __enter__(self) -> OffscreenContext:
        platform = backend.select(headless=True)
        self._context = _EglContext() if platform == "egl" else _HiddenWindow(platform)
        try:
            require_version()
        except GraphicsError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None


def require_version() -> None:
    """Raise GraphicsError unless the current context is OpenGL 3.3 or newer."""
    from OpenGL import GL

    received = (int(GL.glGetIntegerv(GL.GL_MAJOR_VERSION)), int(GL.glGetIntegerv(GL.GL_MINOR_VERSION)))
    if received < (3, 3):
        name = GL.glGetString(GL.GL_RENDERER).decode(errors="replace")
        raise GraphicsError(
            f"OpenGL 3.3 is needed, {name} offers {received[0]}.{received[1]}; update the graphics driver"
        )


class _EglContext:
    """Hold an EGL context without a surface on the first display that gives one."""

    def __init__(self) -> None:
        from OpenGL import EGL

        self._egl = EGL
        failures = []
        for name, open_display in _egl_displays(EGL):
            try:
                self._display = open_display()
                self._handle = _egl_context(EGL, self._display)
                return
            except EGL.EGLError as error:
                failures.append(f"{name}: {getattr(error, 'err', error)}")
        reasons = "; ".join(failures) or "no display"
        raise GraphicsError(f"EGL gave no OpenGL 3.3 core context ({reasons}); run: {backend.APT_LINE}")

    def close(self) -> None:
        egl = self._egl
        egl.eglMakeCurrent(self._display, egl.EGL_NO_SURFACE, egl.EGL_NO_SURFACE, egl.EGL_NO_CONTEXT)
        egl.eglDestroyContext(self._display, self._handle)


def _egl_displays(egl: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield how to open displays that need no window system: graphics cards first, software last."""
    from OpenGL.EGL.EXT.device_base import egl_get_devices, eglQueryDevicesEXT
    from OpenGL.EGL.EXT.platform_base import eglGetPlatformDisplayEXT

    device_platform, surfaceless_platform = 0x313F, 0x31DD
    if eglGetPlatformDisplayEXT:
        devices = egl_get_devices() if eglQueryDevicesEXT else []
        for index, device in enumerate(devices):
            yield f"device {index}", partial(eglGetPlatformDisplayEXT, device_platform, device, None)
        yield (
            "surfaceless",
            partial(eglGetPlatformDisplayEXT, surfaceless_platform, egl.EGL_DEFAULT_DISPLAY, None),
        )
    yield "default", partial(egl.eglGetDisplay, egl.EGL_DEFAULT_DISPLAY)


def _egl_context(egl: Any, display: Any) -> Any:
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
    handle = egl.eglCreateContext(
        display, configs[0], egl.EGL_NO_CONTEXT, (egl.EGLint * len(version))(*version)
    )
    egl.eglMakeCurrent(display, egl.EGL_NO_SURFACE, egl.EGL_NO_SURFACE, handle)
    return handle


class _HiddenWindow:
    """Hold a glfw window that is never shown: OSMesa on the null platform, else the system's own."""

    def __init__(self, platform: str | None) -> None:
        import glfw

        self._glfw = glfw
        if platform == "osmesa":
            glfw.init_hint(glfw.PLATFORM, glfw.PLATFORM_NULL)
        if not glfw.init():
            raise GraphicsError("glfw could not be started for drawing without a window")
        glfw.window_hint(glfw.VISIBLE, glfw.FALSE)
        if platform == "osmesa":
            glfw.window_hint(glfw.CONTEXT_CREATION_API, glfw.OSMESA_CONTEXT_API)
        request_core_profile(glfw, forward_compatible=platform != "osmesa")
        self._window = glfw.create_window(16, 16, "", None, None)
        if not self._window:
            glfw.terminate()
            raise GraphicsError("the graphics driver gave no OpenGL 3.3 core context; update it")
        glfw.make_context_current(self._window)

    def close(self) -> None:
        self._glfw.destroy_window(self._window)
        self._glfw.terminate()


def request_core_profile(glfw: Any, forward_compatible: bool = True) -> None:
    """Ask glfw's next window for OpenGL 3.3 core; macOS wants forward-compatible, OSMesa refuses it."""
    glfw.window_hint(glfw.CONTEXT_VERSION_MAJOR, 3)
    glfw.window_hint(glfw.CONTEXT_VERSION_MINOR, 3)
    glfw.window_hint(glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE)
    glfw.window_hint(glfw.OPENGL_FORWARD_COMPAT, forward_compatible)

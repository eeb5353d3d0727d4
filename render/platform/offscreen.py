"""A current OpenGL 3.3 core context without a visible window: by EGL, or by a hidden window."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Protocol

from flame_model.errors import GraphicsError
from render.platform import backend
from render.platform.egl_context import EglContext


class _Context(Protocol):
    def close(self) -> None: ...


class OffscreenContext:
    """A context that is current on the calling thread while the `with` block runs.

    Linux uses EGL without a surface, else OSMesa; macOS and Windows use a hidden window.
    Raises GraphicsError where OpenGL libraries are missing or offer less than 3.3.
    """

    def __init__(self) -> None:
        self._context: _Context | None = None

    def __enter__(self) -> OffscreenContext:
        platform = backend.select(headless=True)
        self._context = EglContext() if platform == "egl" else _HiddenWindow(platform)
        from render.platform.driver import require_version

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


class _HiddenWindow:
    """A glfw window that is never shown: OSMesa on the null platform, else the system's own OpenGL."""

    def __init__(self, platform: str | None) -> None:
        import glfw

        self._glfw = glfw
        if platform == "osmesa":
            glfw.init_hint(glfw.PLATFORM, glfw.PLATFORM_NULL)
        if not glfw.init():
            raise GraphicsError(
                "glfw could not be started for drawing without a window; update the graphics driver."
            )
        glfw.window_hint(glfw.VISIBLE, glfw.FALSE)
        if platform == "osmesa":
            glfw.window_hint(glfw.CONTEXT_CREATION_API, glfw.OSMESA_CONTEXT_API)
        request_core_profile(glfw, forward_compatible=platform != "osmesa")
        self._window = glfw.create_window(16, 16, "", None, None)
        if not self._window:
            glfw.terminate()
            raise GraphicsError("The graphics driver gave no OpenGL 3.3 core context; update the driver.")
        glfw.make_context_current(self._window)

    def close(self) -> None:
        self._glfw.destroy_window(self._window)
        self._glfw.terminate()


def request_core_profile(glfw: Any, forward_compatible: bool = True) -> None:
    """Ask for OpenGL 3.3 core in glfw's next window; macOS needs forward-compatible, OSMesa refuses it."""
    glfw.window_hint(glfw.CONTEXT_VERSION_MAJOR, 3)
    glfw.window_hint(glfw.CONTEXT_VERSION_MINOR, 3)
    glfw.window_hint(glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE)
    glfw.window_hint(glfw.OPENGL_FORWARD_COMPAT, forward_compatible)

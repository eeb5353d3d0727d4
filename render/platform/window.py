"""The glfw window: an OpenGL context on the screen, events in, pictures out.

A window runs no loop of its own. The main loop calls `poll`, draws, and calls `swap`. glfw's callbacks only
add events to a queue, so that drawing and reactions run at known places of the loop, tests can step it, and
an error passes through the loop instead of through C. glfw allows windows and events on the main thread
alone, so source and tracker run on other threads (`app/live/threads/`), and the loop goes on polling while
they are busy.
"""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Any

from flame_model.errors import GraphicsError
from render.platform import backend
from render.platform.event_queue import EventQueue
from render.platform.events import Event
from render.platform.offscreen import request_core_profile


class Window:
    """A window with OpenGL 3.3 core, open while the `with` block runs; its context is current inside.

    With `vsync`, `swap` waits for the display. `transparent` asks for a window whose alpha shows what is
    behind it, where the system has such windows. Raises GraphicsError without a display or OpenGL 3.3.
    """

    def __init__(
        self,
        title: str,
        size: tuple[int, int] = (960, 720),
        vsync: bool = True,
        *,
        transparent: bool = False,
    ) -> None:
        self._title, self._size, self._vsync, self._transparent = title, size, vsync, transparent
        self._windowed: tuple[int, int, int, int] | None = None
        """Position and size to go back to, while full screen."""
        self._handle: Any = None

    def __enter__(self) -> Window:
        platform = backend.select(headless=False)
        import glfw

        self._glfw = glfw
        _start(glfw, platform)
        try:
            self._open()
        except BaseException:
            glfw.terminate()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._glfw.destroy_window(self._handle)
        self._glfw.terminate()

    def _open(self) -> None:
        from render.platform.driver import require_version

        glfw = self._glfw
        request_core_profile(glfw)
        glfw.window_hint(glfw.SCALE_TO_MONITOR, glfw.TRUE)
        glfw.window_hint(glfw.TRANSPARENT_FRAMEBUFFER, self._transparent)
        self._handle = glfw.create_window(*self._size, self._title, None, None)
        if not self._handle:
            raise GraphicsError("The display gave no OpenGL 3.3 core window; update the graphics driver.")
        glfw.make_context_current(self._handle)
        require_version()
        glfw.swap_interval(1 if self._vsync else 0)
        self._events = EventQueue(glfw, self._handle)

    @property
    def title(self) -> str:
        """Title in the window's bar."""
        return self._title

    @title.setter
    def title(self, title: str) -> None:
        self._title = title
        self._glfw.set_window_title(self._handle, title)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in the window units that pointer movements are in."""
        width, height = self._glfw.get_window_size(self._handle)
        return width, height

    @property
    def framebuffer_size(self) -> tuple[int, int]:
        """Width and height in pixels; (0, 0) while minimised."""
        width, height = self._glfw.get_framebuffer_size(self._handle)
        return width, height

    @property
    def content_scale(self) -> float:
        """Size of text in pixels, relative to an ordinary display, that the system asks for."""
        return float(self._glfw.get_window_content_scale(self._handle)[0])

    @property
    def is_transparent(self) -> bool:
        """Whether what is behind the window shows through it."""
        return bool(self._glfw.get_window_attrib(self._handle, self._glfw.TRANSPARENT_FRAMEBUFFER))

    @property
    def should_close(self) -> bool:
        """Whether the user has closed the window, or `close` was called."""
        return bool(self._glfw.window_should_close(self._handle))

    def close(self) -> None:
        """Ask the window to close."""
        self._glfw.set_window_should_close(self._handle, True)

    def copy(self, text: str) -> None:
        """Put text on the clipboard, from which other programs paste it."""
        self._glfw.set_clipboard_string(self._handle, text)

    def poll(self) -> list[Event]:
        """Return the events since the last call, oldest first."""
        self._glfw.poll_events()
        return self._events.take()

    def swap(self) -> None:
        """Show the picture that was drawn."""
        self._glfw.swap_buffers(self._handle)

    @property
    def is_fullscreen(self) -> bool:
        """Whether the window fills a display by `toggle_fullscreen`."""
        return self._windowed is not None

    def toggle_fullscreen(self) -> None:
        """Fill the primary display, or go back to the window's position and size."""
        glfw, handle = self._glfw, self._handle
        if self._windowed:
            x, y, width, height = self._windowed
            self._windowed = None
            glfw.set_window_monitor(handle, None, x, y, width, height, 0)
            return
        monitor = glfw.get_primary_monitor()
        if not monitor:
            return
        self._windowed = (*glfw.get_window_pos(handle), *glfw.get_window_size(handle))
        mode = glfw.get_video_mode(monitor)
        glfw.set_window_monitor(handle, monitor, 0, 0, *mode.size, mode.refresh_rate)
        glfw.swap_interval(1 if self._vsync else 0)


def _start(glfw: Any, platform: str | None) -> None:
    """Initialise glfw on the display of PyOpenGL's platform; raises GraphicsError without a display."""
    if sys.platform.startswith("linux"):
        if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
            raise GraphicsError("No display was found; use `flame-cam render`, which needs none.")
        glfw.init_hint(glfw.PLATFORM, glfw.PLATFORM_X11 if platform == "glx" else glfw.PLATFORM_WAYLAND)
    if not glfw.init():
        shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or "this system"
        raise GraphicsError(
            f"The display {shown!r} cannot be opened; use `flame-cam render`, which needs none."
        )

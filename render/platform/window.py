"""The glfw window: events in, pictures out. Main thread only."""

from __future__ import annotations

import math
import os
import sys
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from flame_model.errors import GraphicsError
from render.platform import backend
from render.platform.offscreen import request_core_profile, require_version


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key went down: a lower-case character, `escape`, `space`, `tab`, `enter`, `f1`..`f12`, `up`..."""

    name: str


@dataclass(frozen=True, slots=True)
class Dragged:
    """The pointer moved by window units with a button held: `left`, `right` or `middle`."""

    dx: float
    dy: float
    button: str


@dataclass(frozen=True, slots=True)
class Scrolled:
    """The wheel moved; up is positive."""

    dy: float


@dataclass(frozen=True, slots=True)
class DoubleClicked:
    """The left button went down twice in quick succession."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """The pointer moved, or its left button went down or up."""

    place: tuple[float, float]
    """Pixels of the framebuffer, right and down."""
    pressed: bool


@dataclass(frozen=True, slots=True)
class Resized:
    """The framebuffer has another size in pixels."""

    size: tuple[int, int]


Event = KeyPressed | Dragged | Scrolled | DoubleClicked | Pointed | Resized

DOUBLE_CLICK_S = 0.35


class Window:
    """Show an OpenGL 3.3 core window while the `with` block runs; its context is current inside.

    `vsync` waits for the display in `swap`. Raises GraphicsError without a display or without OpenGL 3.3.
    """

    def __init__(
        self,
        title: str,
        size: tuple[int, int] = (960, 720),
        fullscreen: bool = False,
        vsync: bool = True,
    ) -> None:
        self._title, self._size, self._start_fullscreen = title, size, fullscreen
        self._vsync = vsync
        self._events: list[Event] = []
        self._pointer: tuple[float, float] | None = None
        self._clicked_s = -math.inf
        self._windowed: tuple[int, int, int, int] | None = None
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
        glfw = self._glfw
        request_core_profile(glfw)
        glfw.window_hint(glfw.SCALE_TO_MONITOR, glfw.TRUE)
        self._handle = glfw.create_window(*self._size, self._title, None, None)
        if not self._handle:
            raise GraphicsError("the display gave no OpenGL 3.3 core window; update the graphics driver")
        glfw.make_context_current(self._handle)
        require_version()
        glfw.swap_interval(1 if self._vsync else 0)
        self._listen()
        if self._start_fullscreen:
            self.toggle_fullscreen()

    def _listen(self) -> None:
        glfw, handle = self._glfw, self._handle
        glfw.set_key_callback(handle, self._on_key)
        glfw.set_cursor_pos_callback(handle, self._on_pointer)
        glfw.set_mouse_button_callback(handle, self._on_button)
        glfw.set_scroll_callback(handle, lambda _, __, dy: self._events.append(Scrolled(dy)))
        glfw.set_framebuffer_size_callback(handle, lambda _, w, h: self._events.append(Resized((w, h))))

    @property
    def title(self) -> str:
        """What stands above the window."""
        return self._title

    @title.setter
    def title(self, title: str) -> None:
        self._title = title
        self._glfw.set_window_title(self._handle, title)

    @property
    def size(self) -> tuple[int, int]:
        """Size in the window units that pointer movements are in."""
        width, height = self._glfw.get_window_size(self._handle)
        return width, height

    @property
    def framebuffer_size(self) -> tuple[int, int]:
        """Size in pixels; (0, 0) while minimised."""
        width, height = self._glfw.get_framebuffer_size(self._handle)
        return width, height

    @property
    def content_scale(self) -> float:
        """How much larger than on an ordinary display text should be, in pixels."""
        return float(self._glfw.get_window_content_scale(self._handle)[0])

    @property
    def should_close(self) -> bool:
        """Whether the person has asked to close the window."""
        return bool(self._glfw.window_should_close(self._handle))

    def close(self) -> None:
        """Ask the window to close."""
        self._glfw.set_window_should_close(self._handle, True)

    def poll(self) -> list[Event]:
        """Return what happened since the last call, oldest first."""
        self._glfw.poll_events()
        events, self._events = self._events, []
        return events

    def swap(self) -> None:
        """Show what was drawn."""
        self._glfw.swap_buffers(self._handle)

    def toggle_fullscreen(self) -> None:
        """Fill the primary display, or go back to the window as it was."""
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

    def _on_key(self, _: Any, key: int, scancode: int, action: int, __: int) -> None:
        glfw = self._glfw
        if action != glfw.PRESS:
            return
        named = _named_keys(glfw)
        name = named[key] if key in named else glfw.get_key_name(key, scancode)
        if name:
            self._events.append(KeyPressed(name.lower()))

    def _on_button(self, _: Any, button: int, action: int, __: int) -> None:
        glfw = self._glfw
        if button != glfw.MOUSE_BUTTON_LEFT:
            return
        if self._pointer:
            self._point(self._pointer, action == glfw.PRESS)
        if action != glfw.PRESS:
            return
        now_s = glfw.get_time()
        if now_s - self._clicked_s < DOUBLE_CLICK_S:
            self._events.append(DoubleClicked())
            now_s = -math.inf
        self._clicked_s = now_s

    def _on_pointer(self, handle: Any, x: float, y: float) -> None:
        glfw = self._glfw
        buttons = {
            "left": glfw.MOUSE_BUTTON_LEFT,
            "right": glfw.MOUSE_BUTTON_RIGHT,
            "middle": glfw.MOUSE_BUTTON_MIDDLE,
        }
        held = [name for name, code in buttons.items() if glfw.get_mouse_button(handle, code)]
        if held and self._pointer:
            self._events.append(Dragged(x - self._pointer[0], y - self._pointer[1], held[0]))
        self._pointer = (x, y)
        self._point(self._pointer, "left" in held)

    def _point(self, pointer: tuple[float, float], pressed: bool) -> None:
        across, down = (
            at * pixels / max(units, 1)
            for at, pixels, units in zip(pointer, self.framebuffer_size, self.size, strict=True)
        )
        self._events.append(Pointed((across, down), pressed))


def _start(glfw: Any, platform: str | None) -> None:
    """Initialise glfw on the display that fits PyOpenGL's platform; GraphicsError without a display."""
    if sys.platform.startswith("linux"):
        if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
            raise GraphicsError("no display was found; run `flame-cam render` to draw without one")
        glfw.init_hint(glfw.PLATFORM, glfw.PLATFORM_X11 if platform == "glx" else glfw.PLATFORM_WAYLAND)
    if not glfw.init():
        shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or "this system"
        raise GraphicsError(
            f"the display {shown!r} cannot be opened; run `flame-cam render` to draw without one"
        )


def _named_keys(glfw: Any) -> dict[int, str]:
    words = ("ESCAPE", "SPACE", "TAB", "ENTER", "UP", "DOWN", "LEFT", "RIGHT")
    return {getattr(glfw, f"KEY_{word}"): word.lower() for word in (*words, *(f"F{n}" for n in range(1, 13)))}

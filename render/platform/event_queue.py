"""Turn glfw's callbacks for a window into events, in the order in which they happened."""

from __future__ import annotations

import math
from typing import Any

from render.platform.events import (
    DoubleClicked,
    Dragged,
    Dropped,
    Event,
    KeyPressed,
    KeyReleased,
    Pointed,
    Resized,
    Scrolled,
)

DOUBLE_CLICK_S = 0.35
"""Longest time between the two presses of a double-click; chosen by trial."""
_NAMED_KEYS = ("ESCAPE", "SPACE", "TAB", "ENTER", "UP", "DOWN", "LEFT", "RIGHT")


class EventQueue:
    """Events of one glfw window since the last `take`."""

    def __init__(self, glfw: Any, window: Any) -> None:
        """Listen to a window; `glfw` is the module, which only the files that open windows import."""
        self._glfw, self._window = glfw, window
        self._events: list[Event] = []
        self._pointer: tuple[float, float] | None = None
        self._clicked_s = -math.inf
        self._keys = _key_names(glfw)
        glfw.set_key_callback(window, self.on_key)
        glfw.set_cursor_pos_callback(window, self.on_pointer)
        glfw.set_mouse_button_callback(window, self.on_button)
        glfw.set_scroll_callback(window, lambda _, __, dy: self._events.append(Scrolled(dy)))
        glfw.set_framebuffer_size_callback(window, lambda _, w, h: self._events.append(Resized((w, h))))
        glfw.set_drop_callback(window, self.on_drop)

    def take(self) -> list[Event]:
        """Return the events since the last call, oldest first."""
        events, self._events = self._events, []
        return events

    def on_drop(self, _: Any, paths: list[str]) -> None:
        """Add a `Dropped`."""
        self._events.append(Dropped(tuple(paths)))

    def on_key(self, _: Any, key: int, scancode: int, action: int, held: int) -> None:
        """Add a `KeyPressed` or `KeyReleased` for a key with a name; a held key does not count again."""
        if action == self._glfw.REPEAT:
            return
        kind = KeyPressed if action == self._glfw.PRESS else KeyReleased
        name = self._keys[key] if key in self._keys else self._glfw.get_key_name(key, scancode)
        if name:
            # AltGr, which types characters, is Control and Alt on Windows.
            control = held & self._glfw.MOD_CONTROL and not held & self._glfw.MOD_ALT
            self._events.append(kind(f"ctrl+{name.lower()}" if control else name.lower()))

    def on_button(self, _: Any, button: int, action: int, __: int) -> None:
        """Add a `Pointed` for the left button, and a `DoubleClicked` for its second press in a row."""
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

    def on_pointer(self, window: Any, x: float, y: float) -> None:
        """Add a `Pointed`, and a `Dragged` while a button is held."""
        glfw = self._glfw
        left, right, middle = (
            bool(glfw.get_mouse_button(window, button))
            for button in (glfw.MOUSE_BUTTON_LEFT, glfw.MOUSE_BUTTON_RIGHT, glfw.MOUSE_BUTTON_MIDDLE)
        )
        if (left or right or middle) and self._pointer:
            self._events.append(Dragged(x - self._pointer[0], y - self._pointer[1]))
        self._pointer = (x, y)
        self._point(self._pointer, left)

    def _point(self, pointer: tuple[float, float], pressed: bool) -> None:
        """Add a `Pointed` for a place in window units, which differ from pixels on some displays."""
        pixels = self._glfw.get_framebuffer_size(self._window)
        units = self._glfw.get_window_size(self._window)
        place = (pointer[0] * pixels[0] / max(units[0], 1), pointer[1] * pixels[1] / max(units[1], 1))
        self._events.append(Pointed(place, pressed))


def _key_names(glfw: Any) -> dict[int, str]:
    """Return the names of keys that type no character, by glfw's code."""
    words = [*_NAMED_KEYS, *(f"F{number}" for number in range(1, 13))]
    return {getattr(glfw, f"KEY_{word}"): word.lower() for word in words}

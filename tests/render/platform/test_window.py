"""The window, on a real or virtual display."""

from __future__ import annotations

import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)

LIVE = """
import numpy as np
from render.platform.window import Window
from tests.synthetic_heads import make_head
from flame_model.params import rest_params
with Window("test", (320, 240)) as window:
    from OpenGL import GL
    from render.ui.overlay import Overlay, OverlayState
    from render.ui.panel import Fold, Panel
    from render.ui.widgets import Slider
    from render.head_renderer import HeadRenderer
    renderer, overlay = HeadRenderer(make_head()), Overlay()
    size = window.framebuffer_size
    def shown(state):
        renderer.draw(rest_params(12), renderer.home_camera(), size)
        overlay.draw(state, size, window.content_scale)
        GL.glFinish()
        raw = GL.glReadPixels(0, 0, *size, GL.GL_RGB, GL.GL_UNSIGNED_BYTE)
        window.swap()
        window.poll()
        return np.frombuffer(raw, np.uint8).reshape(size[1], size[0], 3)[::-1].astype(int)
    shown(OverlayState())
    plain = shown(OverlayState())
    words = OverlayState(readouts=(("render", "60 fps"),), notices=("no face",))
    shown(words)
    told = shown(words)
    assert plain[120, 160].sum() > 200, plain[120, 160]
    difference = np.abs(told - plain).sum(axis=2)
    assert difference[:60, :140].max() > 200, "no read-outs"
    assert difference[-60:, :140].max() > 200, "no notice"
    assert difference[60:-60].max() == 0, "the overlay touched the picture"
    assert GL.glGetError() == GL.GL_NO_ERROR
    asked = OverlayState(panel=Panel((Fold("p", (Slider("a", 0.0), Slider("b", 0.0)), True),)))
    answers = []
    for place, pressed in (((210, 55), False), ((210, 55), True), ((280, 55), True), ((280, 55), False)):
        overlay.point(place, pressed)
        for _ in range(2):
            overlay.draw(asked, size)
            answers.append(overlay.panel_answer.answers["p"])
    assert overlay.has_pointer
    moved = [answer.moved for answer in answers if answer.moved]
    assert moved and set(moved[-1]) == {"a"} and 0 < moved[-1]["a"] <= 1.0, moved
    overlay.point((20, 200), False)
    overlay.draw(asked, size)
    assert not overlay.has_pointer
    overlay.release()
    renderer.release()
    window.close()
    assert window.should_close
print("done", end="")
"""

KEYS = """
import time
from render.platform.events import DoubleClicked, Dropped, KeyPressed, KeyReleased, Pointed, Resized
from render.platform.window import Window
import glfw
with Window("keys", (200, 150), vsync=False) as window:
    window.poll()
    window._events.on_key(None, glfw.KEY_ESCAPE, 0, glfw.PRESS, 0)
    window._events.on_key(None, glfw.KEY_ESCAPE, 0, glfw.RELEASE, 0)
    window._events.on_key(None, glfw.KEY_H, glfw.get_key_scancode(glfw.KEY_H), glfw.PRESS, 0)
    assert window.poll() == [KeyPressed("escape"), KeyReleased("escape"), KeyPressed("h")]
    window._events.on_key(None, glfw.KEY_H, glfw.get_key_scancode(glfw.KEY_H), glfw.REPEAT, 0)
    assert window.poll() == [], "a held key does not count again"
    for held in (glfw.MOD_CONTROL, glfw.MOD_CONTROL | glfw.MOD_ALT):
        window._events.on_key(None, glfw.KEY_H, glfw.get_key_scancode(glfw.KEY_H), glfw.PRESS, held)
    assert window.poll() == [KeyPressed("ctrl+h"), KeyPressed("h")], "AltGr types characters"
    window._events.on_drop(None, ["a.mp4", "b.png"])
    assert window.poll() == [Dropped(("a.mp4", "b.png"))]
    for _ in range(3):
        window._events.on_button(None, glfw.MOUSE_BUTTON_LEFT, glfw.PRESS, 0)
    assert window.poll() == [DoubleClicked()], "the third click begins anew"
    window._events.on_pointer(window._handle, 20.0, 30.0)
    window._events.on_button(None, glfw.MOUSE_BUTTON_LEFT, glfw.PRESS, 0)
    window._events.on_button(None, glfw.MOUSE_BUTTON_LEFT, glfw.RELEASE, 0)
    pointed = [event.pressed for event in window.poll() if isinstance(event, Pointed)]
    assert pointed == [False, True, False], pointed
    window.toggle_fullscreen()
    events = []
    for _ in range(50):
        events += window.poll()
        time.sleep(0.01)
    assert Resized(window.framebuffer_size) in events, events
    assert window.framebuffer_size[0] > 200
    window.toggle_fullscreen()
    for _ in range(50):
        window.poll()
        time.sleep(0.01)
    assert window.size == (200, 150), window.size
print("done", end="")
"""


def test_head_and_overlay_appear(run_python: Run, display: str) -> None:
    result = run_python(LIVE, DISPLAY=display)
    assert (result.returncode, result.stdout) == (0, "done"), result.stderr


def test_keys_and_full_screen(run_python: Run, display: str) -> None:
    result = run_python(KEYS, DISPLAY=display)
    assert (result.returncode, result.stdout) == (0, "done"), result.stderr


@pytest.mark.parametrize("display_name", [None, ":7654"])
def test_no_display_points_to_render(run_python: Run, display_name: str | None) -> None:
    result = run_python(
        "from render.platform.window import Window; Window('x').__enter__()", DISPLAY=display_name
    )
    assert result.returncode == 1
    assert "GraphicsError" in result.stderr
    assert "flame-cam render" in result.stderr

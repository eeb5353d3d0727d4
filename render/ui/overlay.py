"""Words and a panel over the picture: read-outs, keys, notices, sliders (Dear ImGui)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imgui_bundle import imgui
from imgui_bundle.python_backends.opengl_backend_programmable import ProgrammablePipelineRenderer
from OpenGL import GL

from render.ui.panel import Answer, Panel, draw_panel

_FONT_SIZE = 14.0
_MARGIN = 14.0
_BANNER_WIDTH = 460.0
_ROOM_FOR_TWO = 560.0
"""Width from which the read-outs have room beside keys or sliders."""
_TEXT = imgui.ImVec4(0.93, 0.94, 0.96, 0.95)
_QUIET = imgui.ImVec4(0.93, 0.94, 0.96, 0.55)
_ACCENT = imgui.ImVec4(1.0, 0.78, 0.55, 1.0)
_BANNER = imgui.ImVec4(0.05, 0.055, 0.07, 0.88)
_PANEL = imgui.ImVec4(0.05, 0.055, 0.07, 0.62)

_STILL = (
    imgui.WindowFlags_.no_decoration
    | imgui.WindowFlags_.no_inputs
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.always_auto_resize
    | imgui.WindowFlags_.no_focus_on_appearing
    | imgui.WindowFlags_.no_nav
)


@dataclass(frozen=True, slots=True)
class Banner:
    """Ask something of the person, large and in the middle."""

    title: str
    detail: str
    footer: str
    progress: float
    """0..1."""


@dataclass(frozen=True, slots=True)
class OverlayState:
    """Say what the overlay shows in one picture."""

    readouts: Sequence[tuple[str, str]] = ()
    """Name and value, one line each, upper left: `("render", "60 fps")`."""
    notices: Sequence[str] = ()
    """Sentences, lower left: `no face`, `recording 00:12`."""
    keys: Sequence[tuple[str, str]] = ()
    """Key and what it does, upper right."""
    show_keys: bool = False
    banner: Banner | None = None
    panel: Panel | None = None
    """Upper right, in place of the keys."""


class Overlay:
    """Draw an `OverlayState` into the bound framebuffer; needs a current context."""

    def __init__(self) -> None:
        self._context = imgui.create_context()
        imgui.set_current_context(self._context)
        imgui.get_io().set_ini_filename("")
        self._renderer = ProgrammablePipelineRenderer()
        self._under_pointer = False
        self._scale = 1.0
        style = imgui.get_style()
        style.window_rounding, style.window_border_size = 8.0, 0.0
        style.window_padding = imgui.ImVec2(11.0, 9.0)
        style.item_spacing = imgui.ImVec2(10.0, 4.0)
        style.set_color_(imgui.Col_.window_bg, _PANEL)
        style.set_color_(imgui.Col_.text, _TEXT)

    def draw(
        self, state: OverlayState, size: tuple[int, int], scale: float = 1.0, elapsed_s: float = 1 / 60
    ) -> Answer | None:
        """Draw over (width, height) pixels; `scale` is the display's content scale.

        Return what was done with the panel, None without one.
        """
        imgui.set_current_context(self._context)
        io = imgui.get_io()
        self._scale = scale
        width, height = size[0] / scale, size[1] / scale
        io.display_size = imgui.ImVec2(width, height)
        io.display_framebuffer_scale = imgui.ImVec2(scale, scale)
        io.delta_time = max(elapsed_s, 1e-4)
        imgui.new_frame()
        imgui.push_font(None, _FONT_SIZE)
        beside = width >= _ROOM_FOR_TWO or not (state.show_keys or state.panel)
        if state.readouts and state.banner is None and beside:
            _panel("read-outs", (_MARGIN, _MARGIN), (0.0, 0.0))
            _table(state.readouts, _QUIET, _TEXT)
            imgui.end()
        answer, self._under_pointer = None, False
        if state.panel is not None:
            answer, self._under_pointer = draw_panel(state.panel, (width - _MARGIN, _MARGIN), height)
        elif state.show_keys and state.keys:
            _panel("keys", (width - _MARGIN, _MARGIN), (1.0, 0.0))
            imgui.push_text_wrap_pos(_wrapping(width))
            _table(state.keys, _ACCENT, _TEXT)
            imgui.pop_text_wrap_pos()
            imgui.end()
        if state.banner is not None:
            _draw_banner(state.banner, width)
        if state.notices:
            _draw_notices(state.notices, width, height)
        imgui.pop_font()
        imgui.render()
        # The renderer brings back the program that was used before, which may have been deleted meanwhile.
        GL.glUseProgram(0)
        self._renderer.render(imgui.get_draw_data())
        return answer

    def point(self, place: tuple[float, float], pressed: bool) -> None:
        """Tell where the pointer is, in pixels, and whether its left button is down."""
        imgui.set_current_context(self._context)
        io = imgui.get_io()
        io.add_mouse_pos_event(place[0] / self._scale, place[1] / self._scale)
        io.add_mouse_button_event(0, pressed)

    @property
    def has_pointer(self) -> bool:
        """Whether the pointer belonged to the panel in the last picture: over it or moving its slider."""
        imgui.set_current_context(self._context)
        return self._under_pointer or imgui.get_io().want_capture_mouse

    def release(self) -> None:
        """Delete the overlay's resources."""
        imgui.set_current_context(self._context)
        self._renderer.shutdown()
        imgui.destroy_context(self._context)


def _panel(name: str, place: tuple[float, float], pivot: tuple[float, float]) -> None:
    imgui.set_next_window_pos(imgui.ImVec2(*place), imgui.Cond_.always, imgui.ImVec2(*pivot))
    imgui.begin(name, None, _STILL)


def _draw_notices(notices: Sequence[str], width: float, height: float) -> None:
    """Draw them at the lower edge, each wrapped where the window ends; a name without spaces is cut there."""
    _panel("notices", (_MARGIN, height - _MARGIN), (0.0, 1.0))
    imgui.push_text_wrap_pos(_wrapping(width))
    for notice in notices:
        imgui.text_colored(_ACCENT, notice)
    imgui.pop_text_wrap_pos()
    imgui.end()


def _wrapping(width: float) -> float:
    """Return where the lines of a panel end at the latest, from its left edge."""
    return width - 2 * _MARGIN - imgui.get_style().window_padding.x


def _draw_banner(banner: Banner, width: float) -> None:
    """Draw it at the top edge, where a camera most likely is: people look where they read."""
    # The banner may lie over the forehead, so it has to be read against skin.
    imgui.push_style_color(imgui.Col_.window_bg, _BANNER)
    across = min(width - 2 * _MARGIN, _BANNER_WIDTH)
    imgui.set_next_window_size(imgui.ImVec2(across, 0.0))
    _panel("banner", (width / 2, _MARGIN), (0.5, 0.0))
    imgui.push_font(None, 2.0 * _FONT_SIZE)
    imgui.text_wrapped(banner.title)
    imgui.pop_font()
    imgui.text_wrapped(banner.detail)
    imgui.push_style_color(imgui.Col_.plot_histogram, _ACCENT)
    imgui.progress_bar(banner.progress, imgui.ImVec2(-1.0, 6.0), "")
    imgui.pop_style_color()
    imgui.text_colored(_QUIET, banner.footer)
    imgui.end()
    imgui.pop_style_color()


def _table(rows: Sequence[tuple[str, str]], left: imgui.ImVec4, right: imgui.ImVec4) -> None:
    column = max(imgui.calc_text_size(name).x for name, _ in rows) + 24.0
    for name, value in rows:
        imgui.text_colored(left, name)
        imgui.same_line(column)
        imgui.text_colored(right, value)

"""Colours, sizes and flags of what the overlay draws, and the boxes it draws them in."""

from __future__ import annotations

from imgui_bundle import imgui

FONT_SIZE = 15.0
"""This and all other sizes are pixels of an ordinary display; the content scale multiplies them."""
MARGIN = 14.0
"""Distance of boxes from the edges of the window."""
TEXT = imgui.ImVec4(0.93, 0.94, 0.96, 0.95)
QUIET = imgui.ImVec4(0.93, 0.94, 0.96, 0.55)
ACCENT = imgui.ImVec4(1.0, 0.78, 0.55, 1.0)
BUTTON_COLORS = (
    (imgui.Col_.button, imgui.ImVec4(1.0, 1.0, 1.0, 0.12)),
    (imgui.Col_.button_hovered, imgui.ImVec4(1.0, 0.78, 0.55, 0.35)),
    (imgui.Col_.button_active, imgui.ImVec4(1.0, 0.78, 0.55, 0.55)),
)
RAISED = imgui.ImVec4(1.0, 1.0, 1.0, 0.10)
"""Colour of what can be pressed."""
MARKED = imgui.ImVec4(1.0, 0.78, 0.55, 0.50)
"""Colour of what is chosen, and of handles."""
PANEL_STYLE = (
    (imgui.Col_.frame_bg, imgui.ImVec4(1.0, 1.0, 1.0, 0.08)),
    (imgui.Col_.frame_bg_hovered, imgui.ImVec4(1.0, 1.0, 1.0, 0.16)),
    (imgui.Col_.frame_bg_active, imgui.ImVec4(1.0, 1.0, 1.0, 0.16)),
    (imgui.Col_.slider_grab, MARKED),
    (imgui.Col_.slider_grab_active, imgui.ImVec4(1.0, 0.78, 0.55, 0.75)),
    (imgui.Col_.check_mark, ACCENT),
    (imgui.Col_.header, imgui.ImVec4(1.0, 1.0, 1.0, 0.05)),
    (imgui.Col_.header_hovered, imgui.ImVec4(1.0, 1.0, 1.0, 0.12)),
    (imgui.Col_.header_active, imgui.ImVec4(1.0, 1.0, 1.0, 0.16)),
    (imgui.Col_.popup_bg, imgui.ImVec4(0.11, 0.115, 0.13, 1.0)),
    (imgui.Col_.nav_cursor, ACCENT),
    *BUTTON_COLORS,
)
"""Colours of widgets."""
BOX = imgui.ImVec4(0.05, 0.055, 0.07, 0.62)
_FLAGS = (
    imgui.WindowFlags_.no_decoration
    | imgui.WindowFlags_.no_inputs
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.always_auto_resize
    | imgui.WindowFlags_.no_focus_on_appearing
    | imgui.WindowFlags_.no_nav
)
"""Boxes show text and take no input."""


def apply_style() -> None:
    """Set the style of the current ImGui context."""
    style = imgui.get_style()
    style.window_rounding, style.window_border_size = 8.0, 0.0
    style.window_padding = imgui.ImVec2(11.0, 9.0)
    style.item_spacing = imgui.ImVec2(10.0, 4.0)
    style.set_color_(imgui.Col_.window_bg, BOX)
    style.set_color_(imgui.Col_.text, TEXT)


def begin_box(name: str, place: tuple[float, float], pivot: tuple[float, float]) -> None:
    """Begin a box whose `pivot`, from (0, 0) upper left to (1, 1) lower right, lies at `place`."""
    imgui.set_next_window_pos(imgui.ImVec2(*place), imgui.Cond_.always, imgui.ImVec2(*pivot))
    imgui.begin(name, None, _FLAGS)


def line_end(width: float) -> float:
    """Return the distance from a box's left edge at which its lines wrap, in a window of this width."""
    return width - 2 * MARGIN - imgui.get_style().window_padding.x

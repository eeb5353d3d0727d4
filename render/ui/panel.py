"""The panel beside the picture: sections of widgets that fold, drawn by Dear ImGui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from imgui_bundle import imgui

from render.ui.drawn_widgets import draw_widgets
from render.ui.style import ACCENT, PANEL_STYLE, TEXT
from render.ui.widgets import Answers, Widget

WIDTH = 300.0
"""Width of the panel, in pixels of an ordinary display as all sizes here."""
NARROW = 560.0
"""Width of a window below which the panel takes a share of it."""
NARROW_SHARE = 0.45
_ROOM_FOR_PICTURE = 240.0
"""Least width of the picture in windows that are not narrow."""
BACKGROUND = (0.075, 0.08, 0.095, 1.0)
"""Colour of the area, which has to hold it before the panel is drawn."""
PANEL_KEYS = {
    "up": imgui.Key.up_arrow,
    "down": imgui.Key.down_arrow,
    "left": imgui.Key.left_arrow,
    "right": imgui.Key.right_arrow,
    # ImGui would turn a slider into a text field by Enter, and presses everything by Space.
    "enter": imgui.Key.space,
    "escape": imgui.Key.escape,
}
"""The keys by which the panel is used, by the names that a window reports."""
_PADDING = imgui.ImVec2(10.0, 8.0)
_FLAGS = (
    imgui.WindowFlags_.no_title_bar
    | imgui.WindowFlags_.no_move
    | imgui.WindowFlags_.no_resize
    | imgui.WindowFlags_.no_collapse
    | imgui.WindowFlags_.no_saved_settings
    # Blending a colour over so many pixels would take 1.6 ms on the processor.
    | imgui.WindowFlags_.no_background
)


@dataclass(frozen=True, slots=True)
class Fold:
    """A section that can be folded."""

    title: str
    widgets: Sequence[Widget] = ()
    """Empty while it is folded."""
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Contents of the panel."""

    folds: Sequence[Fold]


@dataclass(frozen=True, slots=True)
class PanelAnswer:
    """The user's input to the panel in one picture."""

    answers: Mapping[str, Answers] = field(default_factory=dict)
    """For each section that was unfolded, by its title."""
    folded: Sequence[str] = ()
    """Titles of the sections that are to be folded, or unfolded where they are folded."""


def panel_width(width: float) -> float:
    """Return the width of the panel in a window of this width."""
    if width < NARROW:
        return NARROW_SHARE * width
    return min(WIDTH, width - _ROOM_FOR_PICTURE)


def picture_size(size: tuple[int, int], scale: float) -> tuple[int, int]:
    """Return what the panel leaves of a window of (width, height) pixels, at its left."""
    return round(size[0] - scale * panel_width(size[0] / scale)), size[1]


def draw_panel(panel: Panel, size: tuple[float, float]) -> PanelAnswer:
    """Draw a panel that fills (width, height), and return the user's input."""
    imgui.set_next_window_pos(imgui.ImVec2(0.0, 0.0))
    imgui.set_next_window_size(imgui.ImVec2(*size))
    for color, value in PANEL_STYLE:
        imgui.push_style_color(color, value)
    imgui.push_style_var(imgui.StyleVar_.window_rounding, 0.0)
    imgui.push_style_var(imgui.StyleVar_.window_padding, _PADDING)
    imgui.begin("panel", None, _FLAGS)
    if imgui.is_window_appearing():
        imgui.set_window_focus()
    answers, folded = {}, []
    for fold in panel.folds:
        imgui.set_next_item_open(fold.unfolded)
        if _draw_header(fold) != fold.unfolded:
            folded.append(fold.title)
        if fold.unfolded:
            imgui.push_id(fold.title)
            answers[fold.title] = draw_widgets(fold.widgets)
            imgui.spacing()
            imgui.pop_id()
    imgui.end()
    imgui.pop_style_var(2)
    imgui.pop_style_color(len(PANEL_STYLE))
    return PanelAnswer(answers, folded)


def _draw_header(fold: Fold) -> bool:
    """Draw the line of a section that folds it; return whether it is unfolded now."""
    imgui.push_style_color(imgui.Col_.text, ACCENT if fold.unfolded else TEXT)
    unfolded = imgui.collapsing_header(fold.title)
    imgui.pop_style_color()
    return bool(unfolded)

"""A panel of choices, sliders and buttons over the picture, drawn by Dear ImGui."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imgui_bundle import imgui

from render.ui.widgets import Choice

_WIDTH, _SLIDER_WIDTH = 270.0, 126.0
MOST_BUTTONS = 3
"""A choice of more options is a list that drops down."""
_GAP = 3.0
"""Pixels between the options of a choice."""
_MARKED = (1.0, 0.78, 0.55, 0.50)
"""Colour of the chosen option."""
_HIGHEST = 0.86
"""Largest height, as a share of the window's; a panel with more to show scrolls."""
_STYLE = (
    (imgui.Col_.frame_bg, (1.0, 1.0, 1.0, 0.10)),
    (imgui.Col_.frame_bg_hovered, (1.0, 1.0, 1.0, 0.18)),
    (imgui.Col_.frame_bg_active, (1.0, 1.0, 1.0, 0.18)),
    (imgui.Col_.slider_grab, (1.0, 0.78, 0.55, 0.50)),
    (imgui.Col_.slider_grab_active, (1.0, 0.78, 0.55, 0.75)),
    (imgui.Col_.button, (1.0, 1.0, 1.0, 0.12)),
    (imgui.Col_.button_hovered, (1.0, 0.78, 0.55, 0.35)),
    (imgui.Col_.button_active, (1.0, 0.78, 0.55, 0.55)),
)
_FLAGS = imgui.WindowFlags_.no_move | imgui.WindowFlags_.no_resize | imgui.WindowFlags_.no_collapse
_PLAIN = (
    _FLAGS
    | imgui.WindowFlags_.no_title_bar
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.always_auto_resize
    | imgui.WindowFlags_.no_nav
)


@dataclass(frozen=True, slots=True)
class Panel:
    """Contents of a panel: choices, a slider for each value, then a row of buttons."""

    title: str
    sliders: Sequence[tuple[str, float]]
    """Name and value of each."""
    reach: float
    """Sliders go from -reach to reach."""
    buttons: Sequence[str] = ()
    choices: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The user's input to a panel in one picture."""

    moved: dict[int, float]
    """New values of the sliders that were moved, by their numbers."""
    button: str | None
    """Name of the button that was pressed."""
    options: dict[str, str] = field(default_factory=dict)
    """The options that were chosen, by the labels of their choices."""


def draw_panel(panel: Panel, corner: tuple[float, float], height: float) -> tuple[Answer, bool]:
    """Draw a panel with its upper right corner at (x, y) in a window of this height.

    Return the user's input, and whether the pointer is over the panel.
    """
    for color, value in _STYLE:
        imgui.push_style_color(color, imgui.ImVec4(*value))
    imgui.set_next_window_pos(imgui.ImVec2(*corner), imgui.Cond_.always, imgui.ImVec2(1.0, 0.0))
    imgui.set_next_window_size_constraints(imgui.ImVec2(_WIDTH, 0.0), imgui.ImVec2(_WIDTH, _HIGHEST * height))
    imgui.begin(panel.title, None, _PLAIN)
    imgui.text(panel.title)
    picked = {choice.label: _picked_option(choice) for choice in panel.choices}
    options = {label: option for label, option in picked.items() if option is not None}
    answer = Answer(_moved_sliders(panel), _pressed_button(panel), options)
    over = imgui.is_mouse_hovering_rect(
        imgui.get_window_pos(), imgui.get_window_pos() + imgui.get_window_size(), False
    )
    imgui.end()
    imgui.pop_style_color(len(_STYLE))
    return answer, over


def _picked_option(choice: Choice) -> str | None:
    """Draw a choice and return the option that was picked."""
    if len(choice.options) <= MOST_BUTTONS:
        return _picked_button(choice)
    imgui.push_item_width(_SLIDER_WIDTH)
    chosen = choice.options.index(choice.chosen)
    changed, now = imgui.combo(choice.label, chosen, list(choice.options), len(choice.options))
    imgui.pop_item_width()
    return choice.options[now] if changed else None


def _picked_button(choice: Choice) -> str | None:
    """Draw a choice as a row of buttons, the chosen one marked, and return the option that was picked."""
    picked = None
    imgui.push_style_var(imgui.StyleVar_.item_spacing, imgui.ImVec2(_GAP, imgui.get_style().item_spacing.y))
    imgui.push_style_var(imgui.StyleVar_.frame_padding, imgui.ImVec2(0.0, imgui.get_style().frame_padding.y))
    words = [imgui.calc_text_size(option).x for option in choice.options]
    spare = (_SLIDER_WIDTH - sum(words) - _GAP * (len(words) - 1)) / len(words)
    for number, (option, width) in enumerate(zip(choice.options, words, strict=True)):
        if number:
            imgui.same_line()
        color = _MARKED if option == choice.chosen else dict(_STYLE)[imgui.Col_.button]
        imgui.push_style_color(imgui.Col_.button, imgui.ImVec4(*color))
        if imgui.button(option, imgui.ImVec2(width + spare, 0.0)):
            picked = option
        imgui.pop_style_color()
    imgui.pop_style_var(2)
    imgui.same_line(0.0, imgui.get_style().item_inner_spacing.x)
    imgui.align_text_to_frame_padding()
    imgui.text(choice.label)
    return picked


def _moved_sliders(panel: Panel) -> dict[int, float]:
    """Draw the sliders and return the new values of those that were moved, by their numbers."""
    moved = {}
    imgui.push_item_width(_SLIDER_WIDTH)
    for number, (name, value) in enumerate(panel.sliders):
        changed, now = imgui.slider_float(
            f"{name}##{number}", value, -panel.reach, panel.reach, "%+.1f", imgui.SliderFlags_.always_clamp
        )
        if changed:
            moved[number] = now
    imgui.pop_item_width()
    return moved


def _pressed_button(panel: Panel) -> str | None:
    """Draw the buttons and return the name of the one that was pressed."""
    pressed = None
    for number, name in enumerate(panel.buttons):
        if number:
            imgui.same_line()
        if imgui.button(name):
            pressed = name
    return pressed

"""Draw widgets into the current ImGui window, and collect what the user does with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from imgui_bundle import imgui

from render.ui.style import ACCENT, MARKED, QUIET, RAISED
from render.ui.widgets import Answers, Bar, Buttons, Choice, Slider, Switch, Table, Text, Widget

MOST_BUTTONS = 3
"""A choice of more options is a list that drops down."""
_LABEL_SHARE = 0.44
"""Width of the labels, as a share of the panel's; long labels of a section make it greater."""
_MOST_LABEL_SHARE = 0.6
_LABEL_GAP = 8.0
_LEAST_BESIDE = 190.0
"""Width from which labels stand beside their widgets; in a narrower panel they stand above them."""
_GAP = 3.0
"""Pixels between buttons of one row."""
_TOOLTIP_WIDTH = 240.0


@dataclass(slots=True)
class _Collected:
    """Answers while they are collected."""

    chosen: dict[str, str] = field(default_factory=dict)
    moved: dict[str, float] = field(default_factory=dict)
    switched: dict[str, bool] = field(default_factory=dict)
    pressed: str = ""
    held: str = ""
    column: float = 0.0
    """Where widgets begin beside their labels, pixels from where these begin."""


def draw_widgets(widgets: Sequence[Widget]) -> Answers:
    """Draw the widgets of one section, one below the other, and return the user's answers."""
    answers = _Collected(column=_column(widgets))
    for widget in widgets:
        match widget:
            case Text():
                _draw_text(widget)
            case Table():
                _draw_table(widget)
            case Choice():
                _draw_choice(widget, answers)
            case Slider():
                _draw_slider(widget, answers)
            case Switch():
                _draw_switch(widget, answers)
            case Buttons():
                _draw_buttons(widget, answers)
            case Bar():
                _draw_bar(widget, answers)
    return Answers(answers.chosen, answers.moved, answers.switched, answers.pressed, answers.held)


def _draw_text(text: Text) -> None:
    imgui.push_style_color(imgui.Col_.text, QUIET if text.quiet else ACCENT)
    imgui.text_wrapped(text.words)
    imgui.pop_style_color()


def _draw_table(table: Table) -> None:
    column = imgui.get_cursor_pos_x() + _LABEL_SHARE * imgui.get_content_region_avail().x
    for name, value in table.rows:
        imgui.text_colored(QUIET, name)
        imgui.same_line(column)
        imgui.text_wrapped(value)


def _draw_choice(choice: Choice, answers: _Collected) -> None:
    """Draw few options as a row of buttons, more of them as a list that drops down."""
    _draw_label(choice.label, answers.column)
    words = [imgui.calc_text_size(option).x for option in choice.options]
    room = imgui.get_content_region_avail().x
    needed = sum(words) + _GAP * (len(words) - 1) + 4.0 * len(words)
    if not words or len(words) > MOST_BUTTONS or needed > room:
        _draw_list(choice, answers)
        return
    spare = (room - sum(words) - _GAP * (len(words) - 1)) / len(words)
    imgui.push_style_var(imgui.StyleVar_.frame_padding, imgui.ImVec2(0.0, imgui.get_style().frame_padding.y))
    for number, (option, width) in enumerate(zip(choice.options, words, strict=True)):
        if number:
            imgui.same_line(0.0, _GAP)
        imgui.push_style_color(imgui.Col_.button, MARKED if option == choice.chosen else RAISED)
        if imgui.button(f"{option}##{choice.label}", imgui.ImVec2(width + spare, 0.0)):
            answers.chosen[choice.label] = option
        imgui.pop_style_color()
        _draw_hint(choice.hint)
    imgui.pop_style_var()


def _draw_list(choice: Choice, answers: _Collected) -> None:
    imgui.set_next_item_width(-1.0)
    opened = imgui.begin_combo(f"##{choice.label}", choice.chosen)
    if not opened:
        _draw_hint(choice.hint)
        return
    for number, option in enumerate(choice.options):
        if imgui.selectable(f"{option}##{number}", option == choice.chosen)[0]:
            answers.chosen[choice.label] = option
        if option == choice.chosen:
            imgui.set_item_default_focus()
    imgui.end_combo()


def _draw_slider(slider: Slider, answers: _Collected) -> None:
    _draw_label(slider.label, answers.column)
    imgui.set_next_item_width(-1.0)
    moved, value = imgui.slider_float(
        f"##{slider.label}",
        slider.value,
        slider.low,
        slider.high,
        slider.format,
        imgui.SliderFlags_.always_clamp | imgui.SliderFlags_.no_input,
    )
    _take_number(slider.label, moved, value, answers)
    _draw_hint(slider.hint)


def _draw_bar(bar: Bar, answers: _Collected) -> None:
    """Draw a bar from 0, or from the end that is nearer to it; where it can be dragged, a drag moves it."""
    _draw_label(bar.label, answers.column)
    corner, width = imgui.get_cursor_screen_pos(), max(imgui.get_content_region_avail().x, 1.0)
    bottom, span = corner.y + imgui.get_frame_height(), max(bar.high - bar.low, 1e-9)

    def across(value: float) -> float:
        return corner.x + width * min(max((value - bar.low) / span, 0.0), 1.0)

    lines, end = imgui.get_window_draw_list(), imgui.ImVec2(corner.x + width, bottom)
    rounding = imgui.get_style().frame_rounding
    lines.add_rect_filled(corner, end, imgui.get_color_u32(imgui.Col_.frame_bg), rounding)
    first, last = sorted((across(0.0), across(bar.value)))
    lines.channels_split(2)
    lines.channels_set_current(1)
    if bar.draggable:
        _draw_handle(bar, answers)
    else:
        imgui.invisible_button(f"##{bar.label}", imgui.ImVec2(width, bottom - corner.y))
    _draw_hint(bar.hint)
    lines.channels_set_current(0)
    color = imgui.get_color_u32(ACCENT if answers.held == bar.label else MARKED)
    lines.add_rect_filled(imgui.ImVec2(first, corner.y + 2.0), imgui.ImVec2(last, bottom - 2.0), color)
    lines.channels_merge()


def _draw_handle(bar: Bar, answers: _Collected) -> None:
    """Lay a slider that is not seen over a bar, which mouse and keys use as one that is."""
    unseen = (imgui.Col_.frame_bg, imgui.Col_.frame_bg_hovered, imgui.Col_.frame_bg_active)
    for part in (*unseen, imgui.Col_.slider_grab, imgui.Col_.slider_grab_active):
        imgui.push_style_color(part, imgui.ImVec4(0.0, 0.0, 0.0, 0.0))
    imgui.push_style_var(imgui.StyleVar_.grab_min_size, 1.0)
    imgui.set_next_item_width(-1.0)
    flags = imgui.SliderFlags_.always_clamp | imgui.SliderFlags_.no_input
    moved, value = imgui.slider_float(f"##{bar.label}", bar.value, bar.low, bar.high, "", flags)
    imgui.pop_style_var()
    imgui.pop_style_color(5)
    _take_number(bar.label, moved, value, answers)


def _take_number(label: str, moved: bool, value: float, answers: _Collected) -> None:
    if moved:
        answers.moved[label] = value
    if imgui.is_item_active():
        answers.held = label


def _draw_switch(switch: Switch, answers: _Collected) -> None:
    _draw_label(switch.label, answers.column)
    changed, on = imgui.checkbox(f"##{switch.label}", switch.on)
    if changed:
        answers.switched[switch.label] = on
    _draw_hint(switch.hint)


def _draw_buttons(buttons: Buttons, answers: _Collected) -> None:
    """Draw buttons side by side, in as many lines as they need."""
    hints = (*buttons.hints, *("" for _ in buttons.words))
    for number, (word, hint) in enumerate(zip(buttons.words, hints, strict=False)):
        if number:
            imgui.same_line(0.0, _GAP)
            padding = imgui.get_style().frame_padding.x
            if imgui.get_content_region_avail().x < imgui.calc_text_size(word).x + 2 * padding:
                imgui.new_line()
        if imgui.button(word):
            answers.pressed = word
        _draw_hint(hint)


def _column(widgets: Sequence[Widget]) -> float:
    """Return the width of a section's labels, so that its widgets begin below each other."""
    room = imgui.get_content_region_avail().x
    labels = [each.label for each in widgets if isinstance(each, Choice | Slider | Bar | Switch)]
    widest = max((imgui.calc_text_size(label).x for label in labels), default=0.0)
    return min(max(_LABEL_SHARE * room, widest + _LABEL_GAP), _MOST_LABEL_SHARE * room)


def _draw_label(label: str, column: float) -> None:
    """Write the label of the next widget beside or above it."""
    room = imgui.get_content_region_avail().x
    if room < _LEAST_BESIDE:
        imgui.text(label)
        return
    start = imgui.get_cursor_pos_x()
    imgui.align_text_to_frame_padding()
    imgui.text(label)
    imgui.same_line(start + column)


def _draw_hint(hint: str) -> None:
    if hint and imgui.is_item_hovered(imgui.HoveredFlags_.for_tooltip):
        imgui.begin_tooltip()
        imgui.push_text_wrap_pos(_TOOLTIP_WIDTH)
        imgui.text(hint)
        imgui.pop_text_wrap_pos()
        imgui.end_tooltip()

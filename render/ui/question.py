"""A question over the dimmed picture: a sentence, and a row of buttons that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imgui_bundle import imgui

from render.ui.style import BUTTON_COLORS, FONT_SIZE, MARGIN, QUIET

_WIDTH = 600.0
"""Largest width; a narrower window is filled to its margins."""
_ABOVE = 70.0
"""Distance from the lower edge, where notices are; the face of the head stays free."""
_PADDING = imgui.ImVec2(8.0, 4.0)
"""Around the words of a button."""
_VEIL = imgui.ImVec4(0.0, 0.0, 0.0, 0.55)
"""What dims the picture; chosen by eye, so that the head is still seen to move."""
_BACKGROUND = imgui.ImVec4(0.05, 0.055, 0.07, 0.92)
_LARGER = 1.25
"""Size of the sentence, relative to other text."""
_FLAGS = (
    imgui.WindowFlags_.no_decoration
    | imgui.WindowFlags_.no_move
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.no_focus_on_appearing
    | imgui.WindowFlags_.always_auto_resize
    | imgui.WindowFlags_.no_nav
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the user."""

    text: str
    buttons: Sequence[str]
    detail: str = ""
    """A line in quiet letters below the buttons."""


def draw_question(question: Question, size: tuple[float, float]) -> tuple[int | None, bool]:
    """Dim the picture and draw a question into its upper (width, height), the part that is free.

    Return the number of the button that was pressed, and whether the pointer is over the box.
    """
    width, height = size
    veil = imgui.get_background_draw_list()
    veil.add_rect_filled(
        imgui.ImVec2(0.0, 0.0), imgui.ImVec2(width, imgui.get_io().display_size.y), imgui.get_color_u32(_VEIL)
    )
    across = min(width - 2 * MARGIN, _WIDTH)
    imgui.set_next_window_pos(
        imgui.ImVec2(width / 2, height - _ABOVE), imgui.Cond_.always, imgui.ImVec2(0.5, 1.0)
    )
    imgui.set_next_window_size(imgui.ImVec2(across, 0.0))
    for color, value in BUTTON_COLORS:
        imgui.push_style_color(color, value)
    imgui.push_style_color(imgui.Col_.window_bg, _BACKGROUND)
    imgui.begin("question", None, _FLAGS)
    imgui.push_font(None, _LARGER * FONT_SIZE)
    imgui.text_wrapped(question.text)
    imgui.pop_font()
    imgui.push_style_var(imgui.StyleVar_.frame_padding, _PADDING)
    pressed = _draw_buttons(question.buttons)
    imgui.pop_style_var()
    if question.detail:
        imgui.push_style_color(imgui.Col_.text, QUIET)
        imgui.text_wrapped(question.detail)
        imgui.pop_style_color()
    over = imgui.is_window_hovered() or imgui.is_any_item_active()
    imgui.end()
    imgui.pop_style_color(len(BUTTON_COLORS) + 1)
    return pressed, over


def _draw_buttons(words: Sequence[str]) -> int | None:
    """Draw buttons side by side, in as many lines as they need; return the number of the pressed one."""
    pressed = None
    for number, word in enumerate(words):
        # The key that presses a button stands before its words.
        shown = f"{number + 1}  {word}"
        if number:
            imgui.same_line()
            if imgui.get_content_region_avail().x < imgui.calc_text_size(shown).x + 2 * _PADDING.x:
                imgui.new_line()
        if imgui.button(f"{shown}##{number}"):
            pressed = number
    return pressed

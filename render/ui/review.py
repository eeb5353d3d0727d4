"""The review of a recording: it plays small in a corner, above buttons that say what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imgui_bundle import imgui

from flame_model.arrays import Picture
from render.ui.recording_marks import Bounds
from render.ui.style import ACCENT, BUTTON_COLORS, MARGIN, TEXT

_SHARE, _LEAST, _MOST = 0.30, 190.0, 300.0
"""Width of the review, as a share of the width of its bounds, and its limits."""
_HIGHEST = 0.27
"""Largest height of its picture, as a share of the height of its bounds."""
_BACKGROUND = imgui.ImVec4(0.05, 0.055, 0.07, 0.88)
_GAP = 4.0
_BAR = 16.0
"""Height of the bar with the marks."""
_FAINT = imgui.ImVec4(1.0, 1.0, 1.0, 0.12)
_KEPT = imgui.ImVec4(1.0, 0.78, 0.55, 0.40)
_FLAGS = (
    imgui.WindowFlags_.no_decoration
    | imgui.WindowFlags_.no_move
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.always_auto_resize
    | imgui.WindowFlags_.no_focus_on_appearing
    | imgui.WindowFlags_.no_nav
)


@dataclass(frozen=True, slots=True)
class Trim:
    """The part of a recording that is kept; times are seconds from its beginning."""

    time_s: float
    duration_s: float
    begin_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Review:
    """Contents of the review."""

    text: str
    buttons: Sequence[str]
    picture: Picture | None = None
    """(H, W, 3), another array when it changes; None before the first."""
    aspect: float = 1.0
    """Width by height of the recording."""
    trim: Trim | None = None


@dataclass(frozen=True, slots=True)
class ReviewAnswer:
    """The user's input to the review in one picture."""

    button: str | None = None
    begin_s: float | None = None
    """The mark that was moved, and where to."""
    end_s: float | None = None


def draw_review(review: Review, texture: int | None, bounds: Bounds) -> tuple[ReviewAnswer, bool, float]:
    """Draw a review into the lower left corner of `bounds`, with its picture in `texture`.

    Return the user's input, whether the pointer is over the review, and the width that it takes.
    """
    left, top, right, bottom = bounds
    style = imgui.get_style()
    across = min(max(_SHARE * (right - left), _LEAST), _MOST, right - left - 2 * MARGIN)
    inner = across - 2 * style.window_padding.x
    imgui.set_next_window_pos(
        imgui.ImVec2(left + MARGIN, bottom - MARGIN), imgui.Cond_.always, imgui.ImVec2(0.0, 1.0)
    )
    imgui.set_next_window_size(imgui.ImVec2(across, 0.0))
    for color, value in BUTTON_COLORS:
        imgui.push_style_color(color, value)
    imgui.push_style_color(imgui.Col_.window_bg, _BACKGROUND)
    imgui.begin("review", None, _FLAGS)
    _draw_picture(texture, review.aspect, inner, _HIGHEST * (bottom - top))
    begin_s = end_s = None
    if review.trim is not None:
        begin_s, end_s = _draw_bar(review.trim, inner)
    imgui.text_wrapped(review.text)
    answer = ReviewAnswer(_draw_buttons(review.buttons, inner), begin_s, end_s)
    over = imgui.is_window_hovered() or imgui.is_any_item_active()
    imgui.end()
    imgui.pop_style_color(len(BUTTON_COLORS) + 1)
    return answer, over, MARGIN + across


def _draw_picture(texture: int | None, aspect: float, inner: float, highest: float) -> None:
    """Draw the picture as large as it fits, in the middle of the review."""
    width = min(inner, highest * aspect)
    size = imgui.ImVec2(width, width / aspect)
    imgui.set_cursor_pos_x(imgui.get_cursor_pos_x() + (inner - width) / 2)
    if texture is None:
        imgui.dummy(size)
    else:
        imgui.image(imgui.ImTextureRef(texture), size)


def _draw_bar(trim: Trim, inner: float) -> tuple[float | None, float | None]:
    """Draw the part that is kept; return the mark that is dragged, the nearer one, as (begin, end)."""
    corner = imgui.get_cursor_screen_pos()
    imgui.invisible_button("marks", imgui.ImVec2(inner, _BAR))
    lines = imgui.get_window_draw_list()

    def across(time_s: float) -> float:
        return corner.x + inner * min(max(time_s / trim.duration_s, 0.0), 1.0)

    def mark(time_s: float, color: imgui.ImVec4, width: float) -> None:
        place = across(time_s)
        top, bottom = imgui.ImVec2(place, corner.y), imgui.ImVec2(place, corner.y + _BAR)
        lines.add_line(top, bottom, imgui.get_color_u32(color), width)

    end = imgui.ImVec2(corner.x + inner, corner.y + _BAR)
    lines.add_rect_filled(corner, end, imgui.get_color_u32(_FAINT), 3.0)
    kept = imgui.ImVec2(across(trim.begin_s), corner.y), imgui.ImVec2(across(trim.end_s), end.y)
    lines.add_rect_filled(*kept, imgui.get_color_u32(_KEPT), 3.0)
    mark(trim.begin_s, ACCENT, 4.0)
    mark(trim.end_s, ACCENT, 4.0)
    mark(trim.time_s, TEXT, 1.5)
    if not imgui.is_item_active():
        return None, None
    held_s = trim.duration_s * min(max((imgui.get_mouse_pos().x - corner.x) / inner, 0.0), 1.0)
    nearer_begin = abs(held_s - trim.begin_s) <= abs(held_s - trim.end_s)
    return (held_s, None) if nearer_begin else (None, held_s)


def _draw_buttons(words: Sequence[str], inner: float) -> str | None:
    """Draw buttons in two columns; return the words of the pressed one."""
    pressed = None
    size = imgui.ImVec2((inner - _GAP) / 2, 0.0)
    for number, word in enumerate(words):
        if number % 2:
            imgui.same_line(0.0, _GAP)
        if imgui.button(word, size):
            pressed = word
    return pressed

"""The marks of a recording: the countdown before it, and a red dot with its time while it runs."""

from __future__ import annotations

from dataclasses import dataclass

from imgui_bundle import imgui

from render.ui.style import MARGIN

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom of the part of the window that may be used."""

_COUNT_SHARE, _TIME_SHARE = 0.42, 0.075
"""Height of the countdown's digit and of the time, as shares of the shorter side: the time is legible at ten
times the distance from which a screen is usually looked at."""
_LEAST_TIME, _MOST_TIME = 26.0, 110.0
_RED = imgui.ImVec4(0.96, 0.16, 0.16, 1.0)
_WHITE = imgui.ImVec4(1.0, 1.0, 1.0, 0.97)
_SHADE = imgui.ImVec4(0.03, 0.035, 0.05, 0.60)
_HINT, _HINT_SHARE = "R or Esc cancels", 0.035


@dataclass(frozen=True, slots=True)
class RecordingMarks:
    """What is shown of a recording; never a part of it."""

    count: int | None = None
    """Seconds until it begins."""
    time: str = ""
    """Its length so far, "" while none runs."""


def draw_marks(marks: RecordingMarks, bounds: Bounds, font: imgui.ImFont) -> None:
    """Draw the countdown in the middle of `bounds`, and the time in their upper right corner."""
    if marks.count is not None:
        _draw_count(str(marks.count), bounds, font)
    if marks.time:
        _draw_time(marks.time, bounds, font)


def _draw_count(digit: str, bounds: Bounds, font: imgui.ImFont) -> None:
    left, top, right, bottom = bounds
    shorter = min(right - left, bottom - top)
    middle = imgui.ImVec2((left + right) / 2, (top + bottom) / 2)
    lines = imgui.get_background_draw_list()
    lines.add_circle_filled(middle, 0.30 * shorter, imgui.get_color_u32(_SHADE), 96)
    _draw_centred(digit, font, _COUNT_SHARE * shorter, middle)
    below = imgui.ImVec2(middle.x, middle.y + 0.225 * shorter)
    _draw_centred(_HINT, font, max(_HINT_SHARE * shorter, 12.0), below)


def _draw_centred(text: str, font: imgui.ImFont, height: float, middle: imgui.ImVec2) -> None:
    imgui.push_font(font, height)
    size = imgui.calc_text_size(text)
    place = imgui.ImVec2(middle.x - size.x / 2, middle.y - size.y / 2)
    imgui.get_background_draw_list().add_text(place, imgui.get_color_u32(_WHITE), text)
    imgui.pop_font()


def _draw_time(time: str, bounds: Bounds, font: imgui.ImFont) -> None:
    left, top, right, bottom = bounds
    height = min(max(_TIME_SHARE * min(right - left, bottom - top), _LEAST_TIME), _MOST_TIME)
    lines = imgui.get_background_draw_list()
    imgui.push_font(font, height)
    size = imgui.calc_text_size(time)
    radius, padding = 0.30 * height, 0.28 * height
    width = size.x + 2 * radius + 3 * padding
    corner = imgui.ImVec2(right - MARGIN - width, top + MARGIN)
    end = imgui.ImVec2(right - MARGIN, corner.y + size.y + padding)
    lines.add_rect_filled(corner, end, imgui.get_color_u32(_SHADE), 0.3 * height)
    middle = (corner.y + end.y) / 2
    dot = imgui.ImVec2(corner.x + padding + radius, middle)
    lines.add_circle_filled(dot, radius, imgui.get_color_u32(_RED), 48)
    place = imgui.ImVec2(dot.x + radius + padding, middle - size.y / 2)
    lines.add_text(place, imgui.get_color_u32(_WHITE), time)
    imgui.pop_font()

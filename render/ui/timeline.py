"""The timeline of a recording at the lower edge: play, step, speed and loop, over curves of its frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from imgui_bundle import imgui

from flame_model.arrays import Array, Float64Array
from render.ui.style import ACCENT, BOX, BUTTON_COLORS, MARGIN, TEXT

HEIGHT = 84.0
"""Height of the timeline with its margin, in pixels of an ordinary display as all sizes here."""
_CURVES_HEIGHT = 34.0
_INSET = 3.0
"""Distance of the curves from the edges of their box."""
_COLORS = (ACCENT, imgui.ImVec4(0.55, 0.80, 1.0, 0.95))
"""Colours of the curves, in their order."""
_FAINT = imgui.ImVec4(1.0, 1.0, 1.0, 0.06)
_LOOP = imgui.ImVec4(1.0, 0.78, 0.55, 0.22)
_FLAGS = (
    imgui.WindowFlags_.no_decoration
    | imgui.WindowFlags_.no_move
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.no_focus_on_appearing
    | imgui.WindowFlags_.no_nav
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Contents of the timeline."""

    time_s: float
    """Time of the frame that is shown."""
    duration_s: float
    curves: Sequence[tuple[str, Float64Array]]
    """Name and values (K,), 0..1, of each curve from the beginning to the end; NaN leaves a gap."""
    buttons: Sequence[str]
    """Words of the buttons."""
    loop: tuple[float, float | None] | None = None
    """Times of the marks of a loop; the second is None until it is set."""


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """The user's input to the timeline in one picture."""

    seek_s: float | None
    """The time that was pointed to."""
    button: int | None
    """Number of the button that was pressed."""


def draw_timeline(timeline: Timeline, size: tuple[float, float]) -> tuple[TimelineAnswer, bool]:
    """Draw a timeline along the lower edge of a window of (width, height).

    Return the user's input, and whether the pointer is over the timeline.
    """
    width, height = size
    imgui.set_next_window_pos(imgui.ImVec2(MARGIN, height - HEIGHT))
    imgui.set_next_window_size(imgui.ImVec2(width - 2 * MARGIN, HEIGHT - MARGIN))
    for color, value in BUTTON_COLORS:
        imgui.push_style_color(color, value)
    imgui.push_style_color(imgui.Col_.window_bg, BOX)
    imgui.begin("timeline", None, _FLAGS)
    seek_s = _draw_curves(timeline)
    answer = TimelineAnswer(seek_s, _draw_buttons(timeline))
    over = imgui.is_window_hovered() or imgui.is_any_item_active()
    imgui.end()
    imgui.pop_style_color(len(BUTTON_COLORS) + 1)
    return answer, over


def _draw_curves(timeline: Timeline) -> float | None:
    """Draw the curves, the loop and the place; return the time that is pointed to with the button down."""
    corner = imgui.get_cursor_screen_pos()
    width = max(imgui.get_content_region_avail().x, 1.0)
    imgui.invisible_button("curves", imgui.ImVec2(width, _CURVES_HEIGHT))
    held = imgui.is_item_active()
    lines = imgui.get_window_draw_list()

    def across(time_s: float) -> float:
        return corner.x + width * min(max(time_s / timeline.duration_s, 0.0), 1.0)

    bottom = corner.y + _CURVES_HEIGHT
    lines.add_rect_filled(corner, imgui.ImVec2(corner.x + width, bottom), _packed(_FAINT), 4.0)
    if timeline.loop is not None:
        first, last = (across(timeline.duration_s if each is None else each) for each in timeline.loop)
        lines.add_rect_filled(imgui.ImVec2(first, corner.y), imgui.ImVec2(last, bottom), _packed(_LOOP))
    for (_, values), color in zip(timeline.curves, _COLORS, strict=False):
        for points in _runs(values, (corner.x, bottom - _INSET), (width, _CURVES_HEIGHT - 2 * _INSET)):
            lines.add_polyline(points, _packed(color), thickness=1.2, flags=0)
    place = across(timeline.time_s)
    lines.add_line(imgui.ImVec2(place, corner.y), imgui.ImVec2(place, bottom), _packed(TEXT), 2.0)
    if not held:
        return None
    return timeline.duration_s * min(max((imgui.get_mouse_pos().x - corner.x) / width, 0.0), 1.0)


def _runs(
    values: Array, corner: tuple[float, float], size: tuple[float, float]
) -> Iterator[list[imgui.ImVec2Like]]:
    """Yield the points of each part of a curve without gaps; `corner` is the lower left one."""
    xs = corner[0] + size[0] * (np.arange(len(values)) + 0.5) / len(values)
    ys = corner[1] - size[1] * values
    known = np.flatnonzero(~np.isnan(values))
    for run in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        if len(run) > 1:
            yield list(zip(xs[run].tolist(), ys[run].tolist(), strict=True))


def _draw_buttons(timeline: Timeline) -> int | None:
    """Draw the buttons, the time and the names of the curves; return the number of the pressed button."""
    pressed = None
    for number, word in enumerate(timeline.buttons):
        if imgui.button(f"{word}##{number}"):
            pressed = number
        imgui.same_line(0.0, 4.0)
    imgui.same_line(0.0, 12.0)
    imgui.align_text_to_frame_padding()
    imgui.text(f"{_clock(timeline.time_s)} / {_clock(timeline.duration_s)}")
    names = [name for name, _ in timeline.curves]
    room = sum(imgui.calc_text_size(name).x + 12.0 for name in names)
    imgui.same_line()
    if names and imgui.get_content_region_avail().x >= room:
        imgui.set_cursor_pos_x(imgui.get_cursor_pos_x() + imgui.get_content_region_avail().x - room + 12.0)
        for name, color in zip(names, _COLORS, strict=False):
            imgui.text_colored(color, name)
            imgui.same_line(0.0, 12.0)
    return pressed


def _clock(time_s: float) -> str:
    """Return a time as minutes and seconds to the hundredth, such as 1:02.50."""
    hundredths = round(100.0 * time_s)
    return f"{hundredths // 6000}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _packed(color: imgui.ImVec4) -> int:
    return int(imgui.get_color_u32(color))

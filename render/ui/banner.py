"""The banner: a large request to the user at the top of the window, with a progress bar."""

from __future__ import annotations

from dataclasses import dataclass

from imgui_bundle import imgui

from render.ui.style import ACCENT, FONT_SIZE, MARGIN, QUIET, begin_box

_WIDTH = 460.0
_BACKGROUND = imgui.ImVec4(0.05, 0.055, 0.07, 0.88)
"""Darker than other boxes: the banner may lie over the forehead and has to be legible against skin."""


@dataclass(frozen=True, slots=True)
class Banner:
    """A request to the user."""

    title: str
    detail: str
    footer: str = ""
    progress: float | None = None
    """0..1, shown as a bar; None for no bar."""


def draw_banner(banner: Banner, width: float) -> None:
    """Draw a banner in the middle of the top edge of a window of this width.

    Most cameras are above the screen, and people look where they read.
    """
    imgui.push_style_color(imgui.Col_.window_bg, _BACKGROUND)
    across = min(width - 2 * MARGIN, _WIDTH)
    imgui.set_next_window_size(imgui.ImVec2(across, 0.0))
    begin_box("banner", (width / 2, MARGIN), (0.5, 0.0))
    imgui.push_font(None, 2.0 * FONT_SIZE)
    imgui.text_wrapped(banner.title)
    imgui.pop_font()
    imgui.text_wrapped(banner.detail)
    if banner.progress is not None:
        imgui.push_style_color(imgui.Col_.plot_histogram, ACCENT)
        imgui.progress_bar(banner.progress, imgui.ImVec2(-1.0, 6.0), "")
        imgui.pop_style_color()
    if banner.footer:
        imgui.text_colored(QUIET, banner.footer)
    imgui.end()
    imgui.pop_style_color()

"""The fonts of what the overlay writes: one for everything, and a bold one for large letters."""

from __future__ import annotations

from pathlib import Path

import imgui_bundle
from imgui_bundle import imgui

_FOLDER = Path(imgui_bundle.__file__).parent / "assets" / "fonts" / "Roboto"


def add_fonts() -> imgui.ImFont:
    """Give the current ImGui context its fonts, and return the one for large letters.

    Everything else is written in the first one. Dear ImGui's own font, a bitmap of Latin letters, stands in
    where the files are missing.
    """
    return [_added(name) for name in ("Roboto-Regular.ttf", "Roboto-Bold.ttf")][1]


def _added(name: str) -> imgui.ImFont:
    fonts, path = imgui.get_io().fonts, _FOLDER / name
    return fonts.add_font_from_file_ttf(str(path), 0.0) if path.is_file() else fonts.add_font_default()

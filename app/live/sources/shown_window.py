"""Open the window of a live run while its source is still opening."""

from __future__ import annotations

from contextlib import ExitStack

from app.live.settings import LiveSettings
from app.live.threads.startup import PATIENCE_S, Startup
from app.recording.output_format import holds_alpha
from app.system.terminal import printable
from flame_model.errors import GraphicsError, InputError
from render.platform.window import Window


def open_window(stack: ExitStack, startup: Startup, settings: LiveSettings, *, transparent: bool) -> Window:
    """Open the window without waiting for the source, unless opening that has failed already.

    Where the user would be asked for another source, the window opens in any case.
    """
    if not settings.ask_source:
        startup.raise_failure()
    title = window_title(startup.source_name)
    try:
        window = stack.enter_context(Window(title, settings.size, transparent=transparent))
    except GraphicsError:
        # Without a display, a misspelt source is still reported as such.
        if not settings.ask_source:
            startup.raise_failure(PATIENCE_S)
        raise
    # Where the recording is transparent, the window may show black in its place.
    recorded = settings.record is not None and holds_alpha(settings.record)
    if transparent and not window.is_transparent and not recorded:
        raise InputError("This display shows no transparent windows; name a colour, or use flame-cam render.")
    return window


def window_title(source_name: str) -> str:
    """Return the title of the window that shows a source."""
    return f"flame-cam - {printable(source_name)}"

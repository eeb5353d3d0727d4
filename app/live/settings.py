"""What a live run was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.pipeline.settings import ModelSettings


@dataclass(frozen=True, slots=True)
class LiveSettings(ModelSettings):
    """Hold the options of a live run."""

    source: str = "0"
    profile: str | None = None
    """Name of what is known of the person; it may not exist yet."""
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    calibrate: bool = False
    """Calibrate at once, and end with that."""
    mirror: bool | None = None
    """None mirrors cameras only."""
    loop: bool = False
    size: tuple[int, int] = (720, 720)
    """(W, H) of the window, and pixels of a recording."""
    background: str = "studio"
    record: Path | None = None
    """Record the whole run to this file."""
    exit_after: float | None = None
    """Seconds from the window's opening."""
    stats: Path | None = None
    """Write the statistics here at the end."""
    replace: bool = True
    """False asks a person at a terminal before an older file goes."""

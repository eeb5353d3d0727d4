"""How many pictures a second an output plays."""

from __future__ import annotations

from pathlib import Path

_FASTEST = {".gif": 50.0}
"""Browsers play a GIF's delays below two hundredths of a second slowly."""


def playable_rate(path: Path, fps: float) -> float:
    """Return the rate nearest to `fps` that the kind of file at `path` plays."""
    return min(fps, _FASTEST.get(path.suffix.lower(), fps))

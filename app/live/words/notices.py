"""Notices that stay in the window for a few seconds."""

from __future__ import annotations

from collections.abc import Callable

from app.system.terminal import printable

SHOWN_S = 4.0
MOST = 3
"""Notices shown at a time; a newer one replaces the oldest."""


class Notices:
    """The newest notices; `say` may be called from any thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._said: tuple[tuple[float, str], ...] = ()

    def say(self, text: str) -> None:
        """Show `text` for SHOWN_S seconds."""
        self._said = (*self._said[1 - MOST :], (self._clock(), printable(text)))

    def current(self) -> list[str]:
        """Return the notices to show, oldest first."""
        now_s = self._clock()
        return [text for said_s, text in self._said if now_s - said_s < SHOWN_S]

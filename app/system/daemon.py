"""Threads that the program ends without."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Daemon(threading.Thread):
    """Run work that may hang for ever, as in a pipe that nobody writes to or in a camera's driver."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        super().__init__(target=work, name=name, daemon=True)


def any_left() -> bool:
    """Return whether one still runs."""
    return any(isinstance(thread, Daemon) for thread in threading.enumerate())

"""Daemon threads, which the program does not wait for when it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Daemon(threading.Thread):
    """A thread for work that may never end, such as opening a pipe without a writer or a camera's driver."""

    def __init__(self, name: str, work: Callable[[], object]) -> None:
        super().__init__(target=work, name=name, daemon=True)


def any_left() -> bool:
    """Return whether a daemon thread is still running."""
    return any(isinstance(thread, Daemon) for thread in threading.enumerate())

"""Notices, which are sentences that report no error: the function that shows them, and numbers in them."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], object]
"""Takes one notice; the command line prints it, and the live window shows it for some seconds."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 frame", "2 frames"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

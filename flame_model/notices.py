"""Sentences a person should read that are no errors."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], object]
"""Takes one sentence; the command line prints it, the live window shows it for some seconds."""

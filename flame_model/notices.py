"""The type of a function that shows the user a notice: a sentence that reports no error."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], object]
"""Takes one notice; the command line prints it, and the live window shows it for some seconds."""

"""Ask the person at a terminal before outputs that exist are overwritten."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from flame_model.errors import OutputError


def ask_before_replacing(standing: Iterable[Path]) -> None:
    """Ask the person at a terminal before outputs are overwritten. Raises OutputError on a no."""
    for path in standing:
        what = "holds files; replace those with the same names" if path.is_dir() else "exists; replace it"
        ask(f"{path} {what}?", f"{path} stays as it was; name another output, or answer with --yes.")


def ask(question: str, otherwise: str) -> None:
    """Ask a question where a person is at a terminal. Raises OutputError(otherwise) on a no."""
    if sys.stdin.isatty() and sys.stderr.isatty() and not click.confirm(question, err=True):
        raise OutputError(otherwise)

"""Ask the desktop to show a file in its folder."""

from __future__ import annotations

from pathlib import Path

import click


def show_in_folder(path: Path) -> bool:
    """Open the folder of a file in the desktop's file manager; return False where there is none."""
    return click.launch(str(path), locate=True) == 0

"""Refuse an output before the work begins, not after it."""

from __future__ import annotations

import os
from pathlib import Path

from flame_model.errors import OutputError


def require_writable(path: Path) -> None:
    """Raise OutputError where a file could not be written to `path`; nothing is created."""
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(f"The folder {folder} for {path.name} does not exist; create it first.")
    if path.is_dir():
        raise OutputError(f"{path} is a folder; name a file in it.")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise OutputError(f"{path} cannot be written: no permission or a read-only disk.")

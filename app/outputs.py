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
    _require_permission(path, path if path.exists() else folder)


def require_writable_folder(folder: Path) -> None:
    """Raise OutputError where `folder` could not be made or take files; nothing is created."""
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not existing.is_dir():
        raise OutputError(f"{existing} is a file, not a folder; name another folder.")
    _require_permission(folder, existing)


def _require_permission(path: Path, existing: Path) -> None:
    if not os.access(existing, os.W_OK):
        raise OutputError(f"{path} cannot be written: no permission or a read-only disk.")

"""Check what exists at a path; no path raises an exception, not even an overlong one or a loop of links."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def device_and_inode(path: Path) -> tuple[int, int] | None:
    """Return the device and inode of a file or folder, None where there is none; links are followed."""
    found = _found(path)
    return None if found is None else (found.st_dev, found.st_ino)


def is_file(path: Path) -> bool:
    """Return whether `path` is an ordinary file."""
    found = _found(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(path: Path) -> bool:
    """Return whether `path` is a folder."""
    found = _found(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def is_special(path: Path) -> bool:
    """Return whether `path` is something other than an ordinary file or a folder: a pipe, a terminal."""
    found = _found(path)
    return found is not None and not stat.S_ISDIR(found.st_mode) and not stat.S_ISREG(found.st_mode)


def at_home(path: str | Path) -> Path:
    """Return a path with ~ expanded, unchanged where ~ names no user's home."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def _found(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):
        return None

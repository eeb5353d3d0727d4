"""What stands at a path, asked so that no name raises: not one too long, nor one in a loop of links."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file or folder from every other, None where there is none; links are followed."""
    found = _found(path)
    return None if found is None else (found.st_dev, found.st_ino)


def is_file(path: Path) -> bool:
    """Tell whether an ordinary file stands at `path`."""
    found = _found(path)
    return found is not None and stat.S_ISREG(found.st_mode)


def is_folder(path: Path) -> bool:
    """Tell whether a folder stands at `path`."""
    found = _found(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def is_special(path: Path) -> bool:
    """Tell whether something other than a file or folder stands at `path`: a pipe, a terminal."""
    found = _found(path)
    return found is not None and not stat.S_ISDIR(found.st_mode) and not stat.S_ISREG(found.st_mode)


def at_home(path: str | Path) -> Path:
    """Return a path with ~ written out, as it is where that names nobody's home."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def _found(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):
        return None

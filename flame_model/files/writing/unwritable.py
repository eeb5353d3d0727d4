"""Explain why an output cannot be written and what mends it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.paths import is_folder

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_SHOWN = 40
"""Characters of an overlong name in a message."""


def reason_of(error: OSError) -> str:
    """Return the operating system's reason as a clause in lower case."""
    return "the disk is full" if error.errno in _FULL else (error.strerror or str(error)).lower()


def unwritable(path: Path, error: OSError) -> OutputError:
    """Return the error for a file or folder that cannot be created at `path`.

    The system's own reason can mislead: Linux answers "no such file or directory" also for a folder that
    exists but accepts no files, such as /proc.
    """
    if error.errno == errno.ENAMETOOLONG:
        longest = max((path.name, *path.parent.parts), key=len)
        return OutputError(
            f"The name '{longest[:_SHOWN]}...' has {len(os.fsencode(longest))} bytes, more than this disk "
            "allows. Give a shorter name."
        )
    existing = next((each for each in path.absolute().parents if os.path.lexists(each)), path.parent)
    if not is_folder(existing):
        return OutputError(f"{existing} is a file, not a folder; {path.name} cannot be written into it.")
    if isinstance(error, IsADirectoryError):
        return OutputError(f"{path} is a folder. Name a file in it.")
    if isinstance(error, FileNotFoundError):
        return OutputError(_missing(path))
    if error.errno in _FULL:
        return OutputError(f"{path} cannot be created: the disk is full. Make room or choose another folder.")
    return OutputError(f"{path} cannot be written: {reason_of(error)}. Choose another folder.")


def _missing(path: Path) -> str:
    if is_folder(path.parent):
        return f"{path} cannot be written: {path.parent} takes no new files. Choose another folder."
    return f"There is no folder {path.parent} to write {path.name} into. Create it first."

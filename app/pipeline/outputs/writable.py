"""Check that an output can be written before the work begins rather than after it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.paths import is_folder, is_special
from flame_model.files.writing.move_into_place import hidden_name
from flame_model.files.writing.write_errors import unwritable


def require_writable(path: Path) -> None:
    """Raise OutputError where no file could be written to `path`. Leaves nothing behind."""
    target = Path(os.path.realpath(path))
    if is_folder(path):
        raise unwritable(path, IsADirectoryError())
    if is_special(path):
        _require_permission(path)
        return
    try:
        with suppress(FileNotFoundError):
            target.lstat()
        _probe(target)
    except OSError as error:
        raise unwritable(path, error) from error
    if target.exists():
        # The folder's permissions alone would let us replace a write-protected file; we do not.
        _require_permission(path)


def require_writable_folder(folder: Path) -> None:
    """Raise OutputError where `folder` could not be created or written to. Leaves nothing behind."""
    target = Path(os.path.realpath(folder))
    try:
        with suppress(FileNotFoundError):
            target.lstat()
        existing = next(each for each in (target, *target.parents) if os.path.lexists(each))
        if not existing.is_dir():
            raise OutputError(f"{existing} is a file, not a folder; name another folder.")
        _probe(existing / folder.name)
    except OSError as error:
        raise unwritable(folder, error) from error


def _probe(target: Path) -> None:
    """Create a file beside `target` and remove it; permission bits alone prove nothing. Raises OSError."""
    probe = target.with_name(hidden_name(target))
    probe.open("xb").close()
    probe.unlink()


def _require_permission(path: Path) -> None:
    if not os.access(path, os.W_OK):
        raise OutputError(
            f"{path} cannot be written: there is no permission, or the disk is read-only. Name another."
        )

"""Refuse an output that could not be written before the work begins, not after it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.standing import is_folder, is_special
from flame_model.files.writing.placing import hidden_name
from flame_model.files.writing.unwritable import unwritable


def require_writable(path: Path) -> None:
    """Raise OutputError where a file could not be written to `path`; nothing is left there."""
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
        # A file in a folder that takes files can be replaced though it is protected: not by us.
        _require_permission(path)


def require_writable_folder(folder: Path) -> None:
    """Raise OutputError where `folder` could not be made or take files; nothing is left there."""
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
    """Create a file beside `target` and remove it: permissions alone do not tell; raises OSError."""
    probe = target.with_name(hidden_name(target))
    probe.open("xb").close()
    probe.unlink()


def _require_permission(path: Path) -> None:
    if not os.access(path, os.W_OK):
        raise OutputError(f"{path} cannot be written: no permission or a read-only disk.")

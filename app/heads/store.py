"""Keep added heads in folders; each is added, replaced and removed as a whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from app.pipeline.outputs.input_files import given_source, require_apart_folder
from app.pipeline.outputs.replacing import ask
from app.pipeline.outputs.writable import require_writable_folder
from app.system.file_names import plain_name
from flame_model.errors import InputError, OutputError
from flame_model.files.checks import shown
from flame_model.files.writing.write_errors import reason_of
from flame_model.find_heads import BUILTIN, HEAD_FILE, added_heads_folder, head_names
from flame_model.notices import Say

PICTURE_FILE = "picture.png"
"""The picture in a head's folder."""
_FIX = "make sure that you may write there and that the disk has room"


def check_replacement(name: str, source: str, *, replace: bool) -> None:
    """Raise OutputError where a head of this name must stay, or holds the source of the new one.

    Without `replace`, the user at a terminal is asked whether an older head may be replaced.
    """
    folder = added_heads_folder() / name
    require_apart_folder(folder, given_source(source))
    require_writable_folder(folder)
    if not replace and (folder / HEAD_FILE).is_file():
        ask(f"There is a head {name!r} already; replace it?", f"The head {name!r} is unchanged.")


def announce_replacement(name: str, say: Say) -> None:
    """Notify the user where an older head of this name is about to be replaced."""
    if (added_heads_folder() / name / HEAD_FILE).is_file():
        say(f"there is a head {name!r} already; it is replaced by this one")


@contextmanager
def new_head_folder(name: str) -> Iterator[Path]:
    """Yield an empty folder that becomes the head `name` when the block succeeds and is deleted otherwise.

    An older head of that name is replaced only at the end of the block. Raises OutputError.
    """
    heads = added_heads_folder()
    try:
        heads.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(heads)
        making = _hidden_folder(heads)
    except OSError as error:
        raise OutputError(f"{heads} cannot be written ({reason_of(error)}); {_FIX}.") from error
    try:
        yield making
        _move_into_place(making, heads / name)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def remove_head(name: str) -> Path:
    """Remove the added head `name` and return the removed folder; raises InputError or OutputError."""
    if name == BUILTIN:
        raise InputError(f"The head {BUILTIN!r} is part of the program and cannot be removed.")
    name, added = plain_name(name), head_names()[1:]
    if name not in added:
        known = f"choose one of: {', '.join(added)}" if added else "there is none to remove"
        raise InputError(f"No added head is named {shown(name)}; {known}.")
    folder = added_heads_folder() / name
    try:
        # The head file first, so that a folder half deleted by an interruption does not count as a head.
        (folder / HEAD_FILE).unlink()
        shutil.rmtree(folder)
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be removed ({reason_of(error)}); close what uses it, or delete it yourself."
        ) from error
    return folder


def _move_into_place(making: Path, target: Path) -> None:
    """Rename `making` to `target`; an older folder there is restored when that fails."""
    try:
        holding = _hidden_folder(target.parent)
        old = holding / target.name
        try:
            if target.exists():
                target.rename(old)
            making.rename(target)
        except BaseException:
            if old.exists() and not target.exists():
                old.rename(target)
            raise
        finally:
            if target.exists() or not old.exists():
                shutil.rmtree(holding, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"The finished head cannot be moved to {target} ({reason_of(error)}); {_FIX}."
        ) from error


def _hidden_folder(heads: Path) -> Path:
    """Return a new folder that no listing shows; its name holds the id of this process."""
    return Path(tempfile.mkdtemp(prefix=f".{os.getpid()}-", dir=heads))


def _clear_leftovers(heads: Path) -> None:
    """Remove the leftovers of killed processes, and restore a head that one of them was replacing."""
    for left in heads.glob(".*-*"):
        process = left.name[1:].partition("-")[0]
        if not process.isdecimal() or psutil.pid_exists(int(process)):
            continue
        for old in left.glob(f"[!.]*/{HEAD_FILE}"):
            if not (heads / old.parent.name).exists():
                old.parent.rename(heads / old.parent.name)
        shutil.rmtree(left, ignore_errors=True)

"""The folders of added heads: each appears, is replaced and goes as a whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from app.pipeline.outputs.checking import ask
from app.pipeline.outputs.given import given_source, require_apart_folder
from app.pipeline.outputs.places import require_writable_folder
from app.system.names import plain_name
from flame_model.errors import InputError, OutputError
from flame_model.files.checks import shown
from flame_model.heads import BUILTIN, HEAD_FILE, added_heads_folder, head_names
from flame_model.notices import Say

PICTURE_FILE = "picture.png"


def check_replacement(name: str, source: str, *, replace: bool) -> None:
    """Raise OutputError where a head of this name is not to go, or the new one's source would go with it.

    Without `replace` a person at a terminal is asked.
    """
    folder = added_heads_folder() / name
    require_apart_folder(folder, given_source(source))
    require_writable_folder(folder)
    if not replace and (folder / HEAD_FILE).is_file():
        ask(f"There is a head {name!r} already; replace it?", f"The head {name!r} stays as it was.")


def announce_replacement(name: str, say: Say) -> None:
    """Say so where a head of this name is about to be replaced."""
    if (added_heads_folder() / name / HEAD_FILE).is_file():
        say(f"the head {name!r} was there already; this one takes its place")


@contextmanager
def new_head_folder(name: str) -> Iterator[Path]:
    """Yield an empty folder that becomes the head `name` when the block ends well, and goes otherwise.

    A head that had the name is replaced at that moment, not before. Raises OutputError.
    """
    heads = added_heads_folder()
    try:
        heads.mkdir(parents=True, exist_ok=True)
        _sweep(heads)
        making = _hidden_folder(heads)
    except OSError as error:
        raise OutputError(f"{heads} cannot be written ({error.strerror}).") from error
    try:
        yield making
        _put(making, heads / name)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def remove_head(name: str) -> Path:
    """Remove the added head `name` and return the folder that is gone; raises InputError or OutputError."""
    if name == BUILTIN:
        raise InputError(f"The head {BUILTIN!r} comes with the program and cannot be removed.")
    name, added = plain_name(name), head_names()[1:]
    if name not in added:
        known = f"those are: {', '.join(added)}" if added else "there are none"
        raise InputError(f"No added head is named {shown(name)}; {known}.")
    folder = added_heads_folder() / name
    try:
        # First what makes it a head: a folder half deleted by an interruption is none.
        (folder / HEAD_FILE).unlink()
        shutil.rmtree(folder)
    except OSError as error:
        raise OutputError(f"{folder} cannot be removed ({error.strerror}).") from error
    return folder


def _put(making: Path, target: Path) -> None:
    """Rename `making` to `target`; an older folder there comes back when that fails."""
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
        raise OutputError(f"{target} cannot be put in its place ({error.strerror}).") from error


def _hidden_folder(heads: Path) -> Path:
    """Return a new folder that no listing shows and whose name says which process made it."""
    return Path(tempfile.mkdtemp(prefix=f".{os.getpid()}-", dir=heads))


def _sweep(heads: Path) -> None:
    """Remove what processes that were killed left behind, and put back a head they were just replacing."""
    for left in heads.glob(".*-*"):
        process = left.name[1:].partition("-")[0]
        if not process.isdecimal() or psutil.pid_exists(int(process)):
            continue
        for old in left.glob(f"[!.]*/{HEAD_FILE}"):
            if not (heads / old.parent.name).exists():
                old.parent.rename(heads / old.parent.name)
        shutil.rmtree(left, ignore_errors=True)

"""Turn journals into takes: at the end of a recording, and after one that was interrupted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

import psutil

from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.files.npz import write_npz
from flame_model.files.writing.write_errors import unwritable
from flame_model.notices import Say, counted
from mappings.records.take_journal import (
    NOBODY,
    SUFFIX,
    Owner,
    TakeJournal,
    is_journal,
    journal_arrays,
    owner_of,
)
from mappings.signals import MEDIAPIPE_NAMES

_SAME_START_S = 1.0
"""Start times of a process that differ by less are the same; systems round them."""


def save_journal(journal: TakeJournal, path: Path) -> None:
    """Write the frames of an open journal as a take to `path`, and remove the journal.

    A folder that was removed is created again. Without a frame nothing is written. Raises OutputError, and
    then the journal stays.
    """
    try:
        if journal.frames:
            _write(path, journal.arrays())
    finally:
        journal.close()
    _remove(journal.path)


def recover_takes(folder: Path, say: Say) -> None:
    """Turn what interrupted recordings left in a folder into takes; `say` gets one sentence about each."""
    for journal in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            if is_journal(journal):
                say(_recover(journal))
        except InputError as error:
            say(str(error))


def left_journals(folder: Path) -> list[Path]:
    """Return what interrupted recordings left in a folder."""
    found = []
    for journal in sorted(folder.glob(f"*{SUFFIX}")):
        with suppress(InputError):
            if is_journal(journal) and not _runs(owner_of(journal)):
                found.append(journal)
    return found


def _recover(journal: Path) -> str:
    """Turn a journal into a take beside it and return a sentence about it; raises InputError."""
    if _runs(owner_of(journal)):
        return f"{journal} is a take that is still being recorded."
    arrays = journal_arrays(journal)
    frames = len(arrays["time_s"])
    if not frames:
        return f"{journal} is left of a recording that was interrupted before its first frame; delete it."
    stems = chain([journal.stem], (f"{journal.stem}-{number}" for number in count(2)))
    paths = (journal.with_name(f"{stem}.npz") for stem in stems)
    path = next(path for path in paths if not os.path.lexists(path)).absolute()
    _write(path, arrays)
    del arrays
    _remove(journal)
    return f"recovered {counted(frames, 'frame')} of a recording that was interrupted: {path}"


def _write(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write a take so that it is on the disk itself when this returns; raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_npz(path, {**arrays, "score_names": MEDIAPIPE_NAMES})
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(path, error) from error


def _remove(journal: Path) -> None:
    # A journal that cannot be removed is found by the next listing, which says so.
    with suppress(OSError):
        journal.unlink()


def _runs(owner: Owner) -> bool:
    """Return whether the process that writes a journal is still running."""
    number, started_s = owner
    if owner == NOBODY:
        return False
    try:
        return abs(psutil.Process(number).create_time() - started_s) < _SAME_START_S
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True

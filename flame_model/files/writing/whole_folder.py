"""Fill a folder completely or not at all: files are written in a hidden folder and moved in together."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from flame_model.files.writing.move_into_place import hidden_name
from flame_model.files.writing.write_errors import unwritable


@contextmanager
def filled_whole(folder: Path, obsolete: Callable[[], Iterable[str]] = tuple) -> Iterator[Path]:
    """Yield an empty folder whose files are moved into `folder` when the block ends without an exception.

    Files of the same names in `folder` are replaced, those that `obsolete` names at that moment are removed,
    and all others stay. `folder` and its parents are created where they are missing. Raises OutputError.
    """
    try:
        making = hidden_folder(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield making
        move_in(making, folder, obsolete())
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def hidden_folder(folder: Path) -> Path:
    """Create a hidden folder inside `folder`, or inside its nearest existing parent; raises OSError."""
    target = Path(os.path.realpath(folder))
    within = next(each for each in (target, *target.parents) if each.exists())
    making = within / hidden_name(target)
    making.mkdir()
    return making


def move_in(making: Path, folder: Path, obsolete: Iterable[str]) -> None:
    """Move the files in `making` into `folder`; raises OSError and then leaves `folder` unchanged."""
    target = Path(os.path.realpath(folder))
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        making.rename(target)
        return
    replaced = hidden_folder(target)
    new = {file.name for file in making.iterdir()}
    try:
        with ExitStack() as undo:
            for name in sorted(new.union(obsolete)):
                if os.path.lexists(target / name):
                    _move(target / name, replaced / name, undo)
                if name in new:
                    _move(making / name, target / name, undo)
            undo.pop_all()
        shutil.rmtree(replaced, ignore_errors=True)
    finally:
        # The folder is empty where every file was moved back; a file that could not be moved stays in it.
        with suppress(OSError):
            replaced.rmdir()


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    """Move a file and register the move back in `undo`."""
    source.replace(target)
    undo.callback(target.replace, source)

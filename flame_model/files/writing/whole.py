"""Write a file completely or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from flame_model.errors import OutputError
from flame_model.files.paths import is_special
from flame_model.files.writing.placing import Place
from flame_model.files.writing.unwritable import reason_of, unwritable


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8; raises OutputError."""
    write_whole(path, lambda file: file.write(text.encode()))


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Call `write` on a temporary file beside `path`, then move that file to `path`; raises OutputError.

    If writing fails, an older file at `path` stays unchanged. A path that is not an ordinary file, such as a
    pipe, is written to directly.
    """
    if is_special(path):
        _write_directly(path, write)
        return
    place = Place(path)
    try:
        with place.made.open("r+b") as file:
            write(file)
        place.move()
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written ({reason_of(error)}). Make room or choose another folder."
        ) from error
    finally:
        place.discard()


def _write_directly(path: Path, write: Callable[[BinaryIO], object]) -> None:
    try:
        with path.open("wb") as file:
            write(file)
    except OSError as error:
        raise unwritable(path, error) from error

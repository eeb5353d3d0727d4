"""Write a file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from flame_model.errors import OutputError
from flame_model.files.standing import is_special
from flame_model.files.writing.placing import Place
from flame_model.files.writing.unwritable import said, unwritable


def write_npz(path: Path, arrays: Mapping[str, npt.ArrayLike]) -> None:
    """Write `arrays` as compressed `.npz`; raises OutputError."""
    ready: dict[str, Any] = {key: np.asarray(array) for key, array in arrays.items()}
    write_whole(path, lambda file: np.savez_compressed(file, allow_pickle=False, **ready))


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8; raises OutputError."""
    write_whole(path, lambda file: file.write(text.encode()))


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place; raises OutputError.

    Whatever stops the writing, an older file at `path` stays as it was. What is no ordinary file, such as a
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
        raise OutputError(f"Cannot write {path} ({said(error)}).") from error
    finally:
        place.discard()


def _write_directly(path: Path, write: Callable[[BinaryIO], object]) -> None:
    try:
        with path.open("wb") as file:
            write(file)
    except OSError as error:
        raise unwritable(path, error) from error

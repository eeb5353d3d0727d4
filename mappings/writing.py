"""Write a file whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from flame_model.errors import OutputError


def write_npz(path: Path, arrays: Mapping[str, npt.ArrayLike]) -> None:
    """Write `arrays` as compressed `.npz`; raises OutputError."""
    ready: dict[str, Any] = {key: np.asarray(array) for key, array in arrays.items()}
    write_whole(path, lambda file: np.savez_compressed(file, allow_pickle=False, **ready))


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place; raises OutputError.

    Whatever stops the writing, an older file at `path` stays as it was. What is no ordinary file, such as a
    pipe, is written to directly.
    """
    special = path.exists() and not path.is_file()
    part = path if special else path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            write(file)
        if not special:
            part.replace(path)
    except OSError as error:
        raise OutputError(f"Cannot write {path} ({error.strerror or error}).") from error
    finally:
        if not special:
            _remove(part)


def _remove(part: Path) -> None:
    """Remove what was left of an unfinished file, where there is one and it can be removed."""
    with suppress(OSError):
        part.unlink()

"""Read the `.npz` archives of heads and what belongs to them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from flame_model.arrays import Array
from flame_model.errors import HeadFileError, UnreadableError
from flame_model.files import array_files
from flame_model.files.reading import Budget


def is_npz(path: Path) -> bool:
    """Tell by its first bytes whether a file is an archive; raises HeadFileError when it cannot be read."""
    try:
        return array_files.is_npz(path)
    except UnreadableError as error:
        raise HeadFileError(f"{path}: cannot be read: {error.reason}") from error


def read_npz(path: Path, wanted: Collection[str], budget: Budget | None = None) -> dict[str, Array]:
    """Return the arrays of an archive by name, those of `wanted` that are there.

    Raises HeadFileError where they are broken, too large or hold pickled objects.
    """
    try:
        return array_files.read_arrays(path, wanted, budget)
    except UnreadableError as error:
        raise HeadFileError(f"{path}: not a complete .npz archive: {error.reason}") from error

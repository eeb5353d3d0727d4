"""Read `.npz` archives of plain arrays."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.checks import one_line
from flame_model.errors import HeadFileError

Array = npt.NDArray[Any]

_ZIP_START = b"PK"
_BROKEN = (OSError, ValueError, EOFError, RuntimeError, MemoryError, zlib.error, zipfile.BadZipFile)
"""What zipfile and NumPy raise on damaged or encrypted archives (checked by mutating files at random)."""
_SIZE_LIMIT = 2**30
"""Bytes of all arrays together; the built-in head has a fiftieth of it."""


def is_npz(path: Path) -> bool:
    """Tell by its first bytes whether a file is an archive; raises HeadFileError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_ZIP_START)) == _ZIP_START
    except OSError as error:
        raise HeadFileError(f"{path}: cannot be read: {error.strerror}") from error


def read_npz(path: Path, only: Collection[str] | None = None) -> dict[str, Array]:
    """Return the arrays of an archive by name, of `only` those that are there.

    Raises HeadFileError for broken files and pickled objects.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                m for m in archive.infolist() if only is None or m.filename.removesuffix(".npy") in only
            ]
            size = sum(member.file_size for member in members)
        if size > _SIZE_LIMIT:
            raise HeadFileError(f"{path}: {size} bytes of arrays are too large, {_SIZE_LIMIT} is the limit")
        with np.load(path, allow_pickle=False) as arrays:
            wanted = [name for name in arrays.files if only is None or name in only]
            return {name: _member(arrays, name, path) for name in wanted}
    except _BROKEN as error:
        raise HeadFileError(f"{path}: not a complete .npz archive: {one_line(error)}") from error


def _member(arrays: Mapping[str, Any], name: str, path: Path) -> Array:
    try:
        array = arrays[name]
    except _BROKEN as error:
        raise HeadFileError(
            f"{path}: array '{one_line(name)}' is broken or holds pickled objects: {one_line(error)}"
        ) from error
    if not isinstance(array, np.ndarray):
        raise HeadFileError(f"{path}: '{one_line(name)}' is no array")
    return array

"""Read and write arrays in `.npz` and `.npy` files; only wanted arrays are read, within a memory budget."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array
from flame_model.errors import UnreadableError
from flame_model.files.checks import one_line
from flame_model.files.npy_header import MAGIC, NpyHeader, read_header
from flame_model.files.reading import Budget, opened
from flame_model.files.writing.whole_file import write_whole
from flame_model.files.zip_files import open_member, open_zip

_ZIP_MAGIC = b"PK"
_CHUNK_BYTES = 2**20
"""Bytes read in one call."""
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = (0xD800, 0xDFFF)
"""First and last code point that are no characters by themselves."""


class NotPlainError(UnreadableError):
    """An array holds something other than plain numbers or text."""


def is_npz(path: Path) -> bool:
    """Return whether a file begins as a zip archive does; raises UnreadableError."""
    return _starts_with(path, _ZIP_MAGIC)


def is_npy(path: Path) -> bool:
    """Return whether a file begins as a single `.npy` array does; raises UnreadableError."""
    return _starts_with(path, MAGIC)


def array_names(path: Path) -> list[str]:
    """Return the names of all arrays in an `.npz`, in the order of the file; raises UnreadableError."""
    with open_zip(path) as archive:
        return list(_entries(archive))


def read_npz(
    path: Path, wanted: Collection[str], budget: Budget | None = None, optional: Collection[str] = ()
) -> dict[str, Array]:
    """Return those arrays of an `.npz` that are in `wanted`, and those in `optional` that are plain.

    All other members are ignored, whatever they contain. All headers are read and counted against the budget
    before any data. Raises UnreadableError, also where a wanted array holds pickled objects.
    """
    budget = budget or Budget(path)
    if not is_npz(path):
        what = "a single array, not an archive" if is_npy(path) else "not an archive"
        raise UnreadableError(path, f"it is {what} of arrays")
    with open_zip(path) as archive:
        entries = {name: entry for name, entry in _entries(archive).items() if name in (*wanted, *optional)}
        for name, entry in list(entries.items()):
            try:
                budget.take(_cost(path, archive, name, entry))
            except NotPlainError:
                if name in wanted:
                    raise
                del entries[name]
        return {name: _member(path, archive, name, entry) for name, entry in entries.items()}


def read_npy(path: Path, budget: Budget | None = None) -> Array:
    """Return the array in an `.npy` file; raises UnreadableError."""
    if is_npz(path):
        raise UnreadableError(path, "it is an archive, not a single array")
    with opened(path) as stream:
        header = read_header(stream)
        (budget or Budget(path)).take(header.cost)
        return _data(stream, header)


def write_npz(path: Path, arrays: Mapping[str, npt.ArrayLike]) -> None:
    """Write `arrays` as compressed `.npz`, completely or not at all; raises OutputError."""
    ready: dict[str, Any] = {key: np.asarray(array) for key, array in arrays.items()}
    write_whole(path, lambda file: np.savez_compressed(file, allow_pickle=False, **ready))


def _starts_with(path: Path, magic: bytes) -> bool:
    with opened(path) as stream:
        return stream.read(len(magic)) == magic


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    return {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}


def _cost(path: Path, archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> int:
    """Return the bytes of memory that reading a member takes, by its header; raises UnreadableError."""
    with open_member(archive, entry) as stream:
        header = _header(path, name, stream)
    if entry.file_size != header.length + header.size:
        raise UnreadableError(path, f"array '{one_line(name, 60)}' has another size than its header declares")
    return header.cost


def _member(path: Path, archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> Array:
    with open_member(archive, entry) as stream:
        return _data(stream, _header(path, name, stream))


def _header(path: Path, name: str, stream: BinaryIO) -> NpyHeader:
    """Return a member's header; raises NotPlainError."""
    try:
        return read_header(stream)
    except ValueError as error:
        raise NotPlainError(path, f"array '{one_line(name, 60)}': {one_line(error)}") from error


def _data(stream: BinaryIO, header: NpyHeader) -> Array:
    """Return the data behind a header; raises ValueError where the file ends too early."""
    array = np.empty(header.size // max(header.dtype.itemsize, 1), dtype=header.dtype)
    room = array.view(np.uint8) if header.size else np.empty(0, dtype=np.uint8)
    filled = 0
    while filled < header.size:
        part = stream.read(min(_CHUNK_BYTES, header.size - filled))
        if not part:
            raise ValueError(f"it ends after {filled} of {header.size} bytes of an array")
        room[filled : filled + len(part)] = np.frombuffer(part, dtype=np.uint8)
        filled += len(part)
    if header.dtype.kind == "U" and header.size:
        _check_characters(array)
    if not header.dtype.itemsize:
        return np.zeros(header.shape, header.dtype)
    return array.reshape(header.shape, order="F" if header.fortran else "C")


def _check_characters(texts: Array) -> None:
    """Raise ValueError for code points that are no characters: Python fails wherever such text is used."""
    codes = np.frombuffer(texts, dtype=np.dtype(np.uint32).newbyteorder(texts.dtype.byteorder))
    first, last = _SURROGATES
    if codes.max() > _LAST_CODE_POINT or ((codes >= first) & (codes <= last)).any():
        raise ValueError("it has text with code points that are no characters")

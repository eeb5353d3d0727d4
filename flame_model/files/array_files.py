"""Read arrays from `.npz` and `.npy` files that other people made: only those wanted, within a budget."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import UnreadableError
from flame_model.files.checks import one_line
from flame_model.files.npy_header import MAGIC, NpyHeader, read_header
from flame_model.files.reading import Budget, opened
from flame_model.files.zip_files import open_member, open_zip

ZIP_START = b"PK"
_STEP = 2**20
"""Bytes read at once."""
_LAST_LETTER, _HALVES = 0x10FFFF, (0xD800, 0xDFFF)
"""Largest code of a character, and the codes that are none by themselves."""


class NotPlainError(UnreadableError):
    """Report an array of anything but plain numbers or text."""


def is_npz(path: Path) -> bool:
    """Tell by its first bytes whether a file is an archive; raises UnreadableError."""
    return _starts_with(path, ZIP_START)


def is_npy(path: Path) -> bool:
    """Tell by its first bytes whether a file is a single array; raises UnreadableError."""
    return _starts_with(path, MAGIC)


def array_names(path: Path) -> list[str]:
    """Return the names of all arrays of an `.npz`, in the order of the file; raises UnreadableError."""
    with open_zip(path) as archive:
        return list(_entries(archive))


def read_arrays(
    path: Path, wanted: Collection[str], budget: Budget | None = None, optional: Collection[str] = ()
) -> dict[str, Array]:
    """Return the arrays of an `.npz` by name: those of `wanted` that are there, of `optional` the plain ones.

    What nobody wants may be anything and is not looked at. All headers are read and counted before any data.
    Raises UnreadableError, also for pickled objects among those wanted.
    """
    budget = budget or Budget(path)
    if not is_npz(path):
        raise UnreadableError(
            path, f"it is {'a single array, not an' if is_npy(path) else 'no'} archive of arrays"
        )
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


def read_array(path: Path, budget: Budget | None = None) -> Array:
    """Return the array of an `.npy` file; raises UnreadableError."""
    if is_npz(path):
        raise UnreadableError(path, "it is an archive, not a single array")
    with opened(path) as stream:
        header = read_header(stream)
        (budget or Budget(path)).take(header.cost)
        return _data(stream, header)


def _starts_with(path: Path, magic: bytes) -> bool:
    with opened(path) as stream:
        return stream.read(len(magic)) == magic


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    return {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}


def _cost(path: Path, archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> int:
    """Return the bytes that reading a member takes, by its header; raises UnreadableError."""
    with open_member(archive, entry) as stream:
        header = _header(path, name, stream)
    if entry.file_size != header.length + header.size:
        raise UnreadableError(path, f"the sizes of array '{one_line(name, 60)}' disagree")
    return header.cost


def _member(path: Path, archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> Array:
    with open_member(archive, entry) as stream:
        return _data(stream, _header(path, name, stream))


def _header(path: Path, name: str, stream: BinaryIO) -> NpyHeader:
    try:
        return read_header(stream)
    except (ValueError, TypeError) as error:
        raise NotPlainError(path, f"array '{one_line(name, 60)}': {one_line(error)}") from error


def _data(stream: BinaryIO, header: NpyHeader) -> Array:
    """Return the data behind a header; raises ValueError where the file ends before them."""
    array = np.empty(header.size // max(header.dtype.itemsize, 1), dtype=header.dtype)
    room = array.view(np.uint8) if header.size else np.empty(0, dtype=np.uint8)
    filled = 0
    while filled < header.size:
        part = stream.read(min(_STEP, header.size - filled))
        if not part:
            raise ValueError(f"it ends after {filled} of {header.size} bytes of an array")
        room[filled : filled + len(part)] = np.frombuffer(part, dtype=np.uint8)
        filled += len(part)
    if header.dtype.kind == "U" and header.size:
        _check_letters(array)
    if not header.dtype.itemsize:
        return np.zeros(header.shape, header.dtype)
    return array.reshape(header.shape, order="F" if header.fortran else "C")


def _check_letters(texts: Array) -> None:
    """Raise ValueError for codes that are no characters: Python refuses them wherever they are used."""
    codes = np.frombuffer(texts, dtype=np.dtype(np.uint32).newbyteorder(texts.dtype.byteorder))
    if codes.max() > _LAST_LETTER or ((codes >= _HALVES[0]) & (codes <= _HALVES[1])).any():
        raise ValueError("a text with codes that are no characters")

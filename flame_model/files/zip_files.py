"""Open zip archives from unknown sources and read their members within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from flame_model.errors import UnreadableError
from flame_model.files.checks import one_line
from flame_model.files.reading import opened

_READ_LIMIT = 2**22
"""Bytes that zipfile may read in one call. It parses the list of members before they can be checked, and a
forged list can become 700 MB of objects. 4 MB list 60,000 members; the largest published archive has 600."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Methods that zipfile unpacks in steps. It unpacks whole blocks of bzip2 and LZMA: 4 KB can become 5 GB."""
_ENCRYPTED = 0x1


class _SmallReads(io.BufferedReader):
    """A reader that refuses to read more than _READ_LIMIT bytes in one call."""

    def read(self, size: int | None = -1) -> bytes:
        """Return `size` bytes, or all remaining ones; raises ValueError beyond the limit."""
        here = self.tell()
        left = self.seek(0, io.SEEK_END) - here
        self.seek(here)
        if (left if size is None or size < 0 else min(size, left)) > _READ_LIMIT:
            raise ValueError("its list of members is too long")
        return super().read(size)


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; every failure, also while the archive is in use, is an UnreadableError."""
    with opened(path) as stream, zipfile.ZipFile(_SmallReads(stream)) as archive:  # type: ignore[arg-type]
        yield archive


@contextmanager
def open_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[BinaryIO]:
    """Open a member for reading; it yields no more bytes than its entry declares. Raises UnreadableError."""
    if entry.compress_type not in _METHODS or entry.flag_bits & _ENCRYPTED:
        how = "encrypted" if entry.flag_bits & _ENCRYPTED else "packed by another method than deflate"
        raise UnreadableError(Path(archive.filename or ""), f"{one_line(entry.filename, 60)} is {how}")
    with archive.open(entry) as stream:
        yield stream  # type: ignore[misc]


def read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Return a member of up to `limit` bytes; raises UnreadableError, ValueError or zipfile's exceptions.

    Call it inside the block of `open_zip`, which turns them all into UnreadableErrors.
    """
    if entry.file_size > limit:
        raise ValueError(f"{one_line(entry.filename, 60)} has {entry.file_size} bytes; the limit is {limit}")
    with open_member(archive, entry) as stream:
        return stream.read()

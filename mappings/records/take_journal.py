"""Journals: takes while they are recorded, one record for each frame, readable however the recording ended.

    header   b"flame-cam take journal 1\\n", then the recording process: its number (u8) and start time (f8)
    record   the arrays of one frame as in a take, then the CRC-32 of the record's bytes before it (u4)

All numbers are little-endian. Reading ends at the first record that is incomplete or has another check, which
is where the process or the machine stopped.
"""

from __future__ import annotations

import os
import struct
import zlib
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import UnreadableError
from flame_model.files.reading import Budget, opened, reading
from flame_model.files.writing.write_errors import unwritable
from flame_model.head import LANDMARK_COUNT
from mappings.frames import FaceObservation
from mappings.signals import SIGNAL_COUNT

SUFFIX = ".journal"
_MAGIC = b"flame-cam take journal 1\n"
_OWNER = struct.Struct("<Qd")
_HEADER_BYTES = len(_MAGIC) + _OWNER.size
_RECORD = np.dtype(
    [
        ("time_s", "<f8"),
        ("found", "?"),
        ("scores", "<f4", (SIGNAL_COUNT,)),
        ("landmarks", "<f4", (LANDMARK_COUNT, 3)),
        ("T_camera_face", "<f4", (4, 4)),
        ("image_size", "<i4", (2,)),
        ("moved", "<f4", (6,)),
        ("check", "<u4"),
    ]
)
_CHECK_BYTES = 4
Owner = tuple[int, float]
"""A process: its number, and when it started in seconds since 1970."""
NOBODY: Owner = (0, -1.0)
"""The owner of a journal that was closed."""


class TakeJournal:
    """A journal that is being written, by one thread."""

    def __init__(self, path: Path, owner: Owner) -> None:
        """Create the file; raises OutputError, also where something exists at `path`."""
        self.path = path
        self.frames = 0
        """Number of frames that are in the file completely."""
        try:
            self._file = path.open("x+b", buffering=0)
            self._write(_MAGIC + _OWNER.pack(*owner))
        except OSError as error:
            raise unwritable(path, error) from error

    def add(self, observation: FaceObservation | None, time_s: float) -> None:
        """Append a frame; raises OSError, and then the file ends with the frame before."""
        try:
            self._write(_record(observation, time_s))
        except OSError:
            self._file.truncate(_HEADER_BYTES + self.frames * _RECORD.itemsize)
            raise
        self.frames += 1

    def sync(self) -> None:
        """Have the system write what was appended to the disk itself; raises OSError."""
        os.fsync(self._file.fileno())

    def arrays(self) -> dict[str, Array]:
        """Return the arrays of all frames as a take has them, mapped from the file.

        They can be read as long as the journal is open, also after somebody removed the file.
        """
        return _columns(_mapped(self._file, self.frames))

    def close(self) -> None:
        """Close the file; from now on it has no owner."""
        with suppress(OSError):
            self._file.seek(len(_MAGIC))
            self._write(_OWNER.pack(*NOBODY))
        self._file.close()

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) or 0 :]


def is_journal(path: Path) -> bool:
    """Return whether a file begins as a journal does; raises UnreadableError."""
    with opened(path) as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def owner_of(path: Path) -> Owner:
    """Return the process that writes a journal, or wrote it until it was killed; raises UnreadableError."""
    with opened(path) as stream:
        header = stream.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise UnreadableError(path, "it does not begin as a journal does")
    number, started_s = _OWNER.unpack_from(header, len(_MAGIC))
    return int(number), float(started_s)


def journal_arrays(path: Path) -> dict[str, Array]:
    """Return the arrays of all complete frames of a journal as a take has them; raises UnreadableError."""
    owner_of(path)
    with opened(path) as stream, reading(path):
        size = os.fstat(stream.fileno()).st_size
        Budget(path).take(size)
        records = _mapped(stream, max(0, size - _HEADER_BYTES) // _RECORD.itemsize)
        fits = (zlib.crc32(each.tobytes()[:-_CHECK_BYTES]) == each["check"] for each in records)
        good = next((index for index, each in enumerate(fits) if not each), len(records))
        return {name: np.array(column) for name, column in _columns(records[:good]).items()}


def _record(observation: FaceObservation | None, time_s: float) -> bytes:
    record: Any = np.zeros((), _RECORD)
    record["time_s"], record["found"] = time_s, observation is not None
    for name in ("scores", "landmarks", "T_camera_face"):
        record[name] = np.nan if observation is None else getattr(observation, name)
    record["moved"] = np.nan if observation is None or observation.moved is None else observation.moved
    if observation is not None:
        record["image_size"] = observation.image_size
    content = record.tobytes()[:-_CHECK_BYTES]
    return bytes(content + struct.pack("<I", zlib.crc32(content)))


def _mapped(file: BinaryIO | FileIO, count: int) -> Array:
    """Return the first records (count,) of a journal, mapped from the file."""
    if not count:
        return np.empty(0, _RECORD)
    return np.memmap(file, _RECORD, "r", _HEADER_BYTES, (count,))


def _columns(records: Array) -> dict[str, Array]:
    assert records.dtype.names is not None
    return {name: records[name] for name in records.dtype.names if name != "check"}

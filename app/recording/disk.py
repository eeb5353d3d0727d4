"""A file on a disk that may fill up, and the sentences for outputs that cannot be written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from flame_model.errors import OutputError

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


class DiskFile:
    """Hold an output file open; after the first failed write ignore every further one.

    Encoders finish a file by going back and rewriting its beginning. Once a write has failed that would spoil
    what is there already, so from then on nothing changes but `settle`, which cuts the file back to the last
    `mark`. Offers what PyAV asks of a file: write, seek, tell, read.
    """

    def __init__(self, path: Path) -> None:
        """Create or replace the file; raises OutputError."""
        self.path = path
        self.error: OSError | None = None
        self._good = 0
        try:
            self._file = path.open("w+b", buffering=0)
        except OSError as error:
            raise opening_error(path, error) from error

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write all of `data`, or remember the error and pretend."""
        left = memoryview(data)
        while self.error is None and left:
            try:
                left = left[self._file.write(left) or 0 :]
            except OSError as error:
                self.error = error
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a position in bytes and return it."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._file.tell()

    def read(self, count: int = -1) -> bytes:
        """Read up to `count` bytes."""
        return self._file.read(count) or b""

    def mark(self) -> bool:
        """Take the present position as the end of what is playable; False where it was that already."""
        position = self._file.tell()
        moved = self.error is None and position > self._good
        if moved:
            self._good = position
        return moved

    def settle(self, tail: bytes = b"") -> None:
        """Cut the file back to the last mark, append `tail` where it fits, and close it."""
        if self._file.closed:
            return
        try:
            self._file.truncate(self._good)
            self._file.seek(self._good)
            self._file.write(tail)
        except OSError as error:
            self.error = self.error or error
        self.close()

    def discard(self) -> None:
        """Close the file and remove it."""
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file as it is."""
        try:
            self._file.close()
        except OSError as error:
            self.error = self.error or error


def opening_error(path: Path, error: OSError) -> OutputError:
    """Return the sentence for an output that cannot even be created."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return OutputError(f"There is no folder {path.parent} to write {path.name} into; create it first.")
    if error.errno in _FULL:
        return OutputError(f"The disk is full: {path} cannot be created; make room or choose another folder.")
    said = (error.strerror or str(error)).lower()
    return OutputError(f"{path} cannot be written: {said}; choose another folder.")


def writing_error(path: Path, error: OSError, frames: int) -> OutputError:
    """Return the sentence for an output that takes no more, with the number of frames that are in."""
    said = "the disk is full" if error.errno in _FULL else (error.strerror or str(error)).lower()
    inside = f"the first {frames} frames are in it and can be played" if frames else "not one frame is in it"
    return OutputError(f"{path} takes no more ({said}); {inside}.")

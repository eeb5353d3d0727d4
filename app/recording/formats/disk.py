"""A file on a disk that may fill up."""

from __future__ import annotations

import os
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.writing.unwritable import reason_of, unwritable


class DiskFile:
    """Hold an output file open; after the first failed write ignore every further one.

    Encoders finish a file by going back and rewriting its beginning. Once a write has failed that would spoil
    what is there already, so from then on nothing changes but `settle`, which cuts the file back to the last
    `mark`. Offers what PyAV asks of a file: write, seek, tell, read.
    """

    def __init__(self, path: Path) -> None:
        """Open an empty file that is there; raises OutputError."""
        self.path = path
        self.error: OSError | None = None
        self._good = 0
        try:
            self._file = path.open("r+b", buffering=0)
        except OSError as error:
            raise unwritable(path, error) from error

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

    def move(self, target: Path) -> None:
        """Put the file in the place of another while it goes on being written; raises OSError."""
        position = self._file.tell()
        # Windows moves no file that is open.
        self._file.close()
        try:
            self.path.replace(target)
            self.path = target
        finally:
            self._file = self.path.open("r+b", buffering=0)
            self._file.seek(position)

    def close(self) -> None:
        """Close the file as it is."""
        try:
            self._file.close()
        except OSError as error:
            self.error = self.error or error


def writing_error(path: Path, error: OSError) -> OutputError:
    """Return the sentence for an output that takes no more."""
    return OutputError(f"{path} takes no more ({reason_of(error)}).")

"""An output file that stays playable when its disk fills up or its folder is removed."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.writing.write_errors import reason_of, unwritable


class DiskFile:
    """An open output file that ignores all writes after the first one that failed.

    Encoders finish a file by rewriting its beginning. After a failed write that would spoil what is in the
    file, so from then on only `settle` changes it: it cuts the file back to the last `mark`. The methods
    write, seek, tell and read are those that PyAV needs.
    """

    def __init__(self, path: Path) -> None:
        """Open an existing empty file; raises OutputError."""
        self.path = path
        self.error: OSError | None = None
        self._good = 0
        """Bytes up to the last mark."""
        try:
            self._file = path.open("r+b", buffering=0)
        except OSError as error:
            raise unwritable(path, error) from error

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write all of `data`, or keep the error; return the length of `data` in both cases."""
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
        """Mark this position as the end of what can be played; return False where it was marked already."""
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
        """Move the file to `target`, replacing a file there, and keep it open; raises OSError."""
        position = self._file.tell()
        # Windows does not move open files.
        self._file.close()
        try:
            self.path.replace(target)
            self.path = target
        finally:
            self._file = self.path.open("r+b", buffering=0)
            self._file.seek(position)

    def close(self) -> None:
        """Close the file as it is; one that somebody removed is written anew, with its folder."""
        if self._file.closed:
            return
        try:
            if not os.fstat(self._file.fileno()).st_nlink:
                self._write_anew()
            self._file.close()
        except OSError as error:
            self.error = self.error or error
            with suppress(OSError):
                self._file.close()

    def _write_anew(self) -> None:
        """Copy the open file to its path; raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file.seek(0)
        with self.path.open("xb") as copy:
            shutil.copyfileobj(self._file, copy)


def writing_error(path: Path, error: OSError) -> OutputError:
    """Return the error of an output that cannot be written any further."""
    return OutputError(
        f"{path} cannot be written any further ({reason_of(error)}); free some space or name another disk."
    )

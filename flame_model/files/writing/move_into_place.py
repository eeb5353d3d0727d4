"""Write a file under a temporary name and move it into place, so that an older file survives a failure."""

from __future__ import annotations

import glob
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.paths import is_folder
from flame_model.files.writing.write_errors import reason_of, unwritable

_MARK = "flame-cam"
_STEM_KEPT = 24
"""Characters of the final name in a temporary one, so that no name exceeds the disk's limit."""


class Place:
    """A file that is being written, and the path it will be moved to.

    The file is created in the same folder under a unique hidden name such as `.out.flame-cam-0123abcd.mp4`.
    The suffix is that of the final name, so that the file left by a killed process can be played.
    """

    def __init__(self, path: Path, *, at_once: bool = False) -> None:
        """Create the empty file; raises OutputError.

        With `at_once` the file is created at its final path where nothing exists there. Links are followed.
        """
        self.path = path
        self.target = Path(os.path.realpath(path))
        """The path with all links followed."""
        try:
            if is_folder(self.target):
                raise IsADirectoryError
            self.made = self._created(at_once)
            """The file that is being written."""
        except OSError as error:
            raise unwritable(path, error) from error
        self._settled = False

    def _created(self, at_once: bool) -> Path:
        """Create the empty file and return its path; raises OSError."""
        if at_once:
            with suppress(FileExistsError):
                self.target.open("xb").close()
                return self.target
        # A name that the disk refuses raises here and not after all the work.
        with suppress(FileNotFoundError):
            self.target.lstat()
        beside = self.target.with_name(hidden_name(self.target))
        beside.open("xb").close()
        return beside

    @property
    def replaces(self) -> bool:
        """True where the file is written under a temporary name until `keep`."""
        return self.made != self.target

    def move(self) -> None:
        """Move the file to its path; raises OSError and then leaves an older file unchanged."""
        if self.replaces:
            with suppress(FileNotFoundError):
                shutil.copymode(self.target, self.made)
            self.made.replace(self.target)
        self._settled = True

    def keep(self) -> None:
        """Move the file to its path; if that fails, keep it and raise OutputError with its temporary name."""
        try:
            self.move()
        except OSError as error:
            self._settled = True
            raise OutputError(
                f"{self.path} cannot be replaced ({reason_of(error)}). The new file is {self.made}."
            ) from error

    def discard(self) -> None:
        """Delete the file unless it was moved into place."""
        if not self._settled:
            self._settled = True
            with suppress(OSError):
                self.made.unlink()


def hidden_name(target: Path) -> str:
    """Return a unique hidden name for a temporary file or folder beside `target`."""
    return f".{target.stem[:_STEM_KEPT]}.{_MARK}-{secrets.token_hex(4)}{target.suffix}"


def left_beside(path: Path, *suffixes: str) -> list[Path]:
    """Return the temporary files for `path` that killed runs left or that other runs are still writing.

    They have the suffix of `path` or one of `suffixes`.
    """
    target = Path(os.path.realpath(path))
    stem = f".{glob.escape(target.stem[:_STEM_KEPT])}.{_MARK}-????????"
    folders = (target.parent, target) if is_folder(target) else (target.parent,)
    patterns = [f"{stem}{glob.escape(suffix)}" for suffix in {target.suffix, *suffixes}]
    return sorted(left for folder in folders for pattern in patterns for left in folder.glob(pattern))

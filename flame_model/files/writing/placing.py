"""Where a file is made before it stands in its place, so that what stood there survives a failure."""

from __future__ import annotations

import glob
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from flame_model.errors import OutputError
from flame_model.files.standing import is_folder
from flame_model.files.writing.unwritable import reason_of, unwritable

_MARK = "flame-cam"
_STEM_KEPT = 24
"""Characters of the own name within a temporary one, so that no name gets longer than a disk takes."""


class Place:
    """Hold a file that is being made, and its place.

    It is made beside its place under a hidden name that nobody else has: `.out.flame-cam-0123abcd.mp4`. It
    has the suffix of the place, so that what a killed process leaves can be played.
    """

    def __init__(self, path: Path, *, at_once: bool = False) -> None:
        """Create the empty file; raises OutputError.

        With `at_once` it is made in its very place where nothing stands there. Links are followed.
        """
        self.path = path
        self.target = Path(os.path.realpath(path))
        try:
            if is_folder(self.target):
                raise IsADirectoryError
            self.made = self._created(at_once)
        except OSError as error:
            raise unwritable(path, error) from error
        self._settled = False

    def _created(self, at_once: bool) -> Path:
        if at_once:
            with suppress(FileExistsError):
                self.target.open("xb").close()
                return self.target
        # A name that the disk refuses is known now, not when all is done.
        with suppress(FileNotFoundError):
            self.target.lstat()
        beside = self.target.with_name(hidden_name(self.target))
        beside.open("xb").close()
        return beside

    @property
    def replaces(self) -> bool:
        """True where an older file stands in the place until `keep`."""
        return self.made != self.target

    def move(self) -> None:
        """Put the file in its place; raises OSError, and then all is as before."""
        if self.replaces:
            with suppress(FileNotFoundError):
                shutil.copymode(self.target, self.made)
            self.made.replace(self.target)
        self._settled = True

    def keep(self) -> None:
        """Put the file in its place; where that fails it stays beside, and the OutputError says where."""
        try:
            self.move()
        except OSError as error:
            self._settled = True
            raise OutputError(
                f"{self.path} cannot be replaced ({reason_of(error)}); what was written is in {self.made}."
            ) from error

    def discard(self) -> None:
        """Remove the file, unless it was kept."""
        if not self._settled:
            self._settled = True
            with suppress(OSError):
                self.made.unlink()


def hidden_name(target: Path) -> str:
    """Return a name for something that is made beside `target`, unlike any other."""
    return f".{target.stem[:_STEM_KEPT]}.{_MARK}-{secrets.token_hex(4)}{target.suffix}"


def left_beside(path: Path) -> list[Path]:
    """Return what killed runs, or runs that go on, have beside `path` to replace it."""
    target = Path(os.path.realpath(path))
    pattern = f".{glob.escape(target.stem[:_STEM_KEPT])}.{_MARK}-????????{glob.escape(target.suffix)}"
    folders = (target.parent, target) if is_folder(target) else (target.parent,)
    return sorted(left for folder in folders for left in folder.glob(pattern))

"""What every writer is: pictures in, one playable file (or folder) out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

from flame_model.arrays import Picture
from flame_model.errors import OutputError


class Writer(ABC):
    """Write pictures of one size at a constant rate; what was written can be played whatever happens.

    The constructor creates the file, so a path that cannot be written is an `OutputError` before any work
    begins. Where nothing stands it grows in its place, and a killed process leaves it there; an older file
    stays until `settle`, and the new one grows beside it. A writer given no picture leaves all as it was.
    """

    path: Path
    frames: int
    """Pictures that are in the file; after a failure those that can still be played."""
    failure: OutputError | None = None
    """What ended the writing before its time."""
    kept: bool = False
    """True once the file stands in its place."""

    @property
    @abstractmethod
    def replaces(self) -> bool:
        """True while an older output stands in the place."""

    @abstractmethod
    def add(self, rgba: Picture) -> None:
        """Append one picture; raises OutputError on a full disk."""

    @abstractmethod
    def finish(self) -> None:
        """Bring the end of the file to disk; raises OutputError where it cannot be written."""

    @abstractmethod
    def _keep(self) -> None:
        """Put what was written in its place; raises OutputError."""

    @abstractmethod
    def _discard(self) -> None:
        """Remove what was written."""

    def settle(self, *, replace: bool = True) -> None:
        """Put what was finished in its place, once; raises OutputError.

        Without `replace` an older output stays where there is one. Without a picture nothing is left.
        """
        if self.frames and (replace or not self.replaces):
            self._keep()
            self.kept = True
        else:
            self._discard()

    def close(self) -> None:
        """Finish the file and put it in its place; raises OutputError."""
        try:
            self.finish()
        finally:
            self.settle()

    def outcome(self) -> str:
        """Return a sentence about what stands in the place after a run that did not come to its end."""
        if self.kept:
            return f"{self.path} holds the first {self.frames} frame{'s' * (self.frames != 1)}."
        return f"{self.path} stays as it was." if self.replaces else ""

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file, also when an error or Ctrl-C passes through."""
        self.close()

"""The contract of all writers: pictures go in, one playable file or folder comes out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.files.closing import ClosedByWith
from flame_model.files.writing.move_into_place import Place
from flame_model.notices import counted


class Writer(ClosedByWith, ABC):
    """A file or folder of pictures of one size at a constant rate, playable whenever the writing ends.

    The constructor creates the file, so a path that cannot be written raises OutputError before any work
    begins. Where no file exists at the path, the new one grows there, and a killed process leaves it. An
    older file stays until `settle`, and the new one grows beside it. A writer that receives no picture leaves
    everything unchanged.
    """

    path: Path
    frames: int
    """Number of pictures in the file; after a failure, those that can still be played."""
    failure: OutputError | None = None
    """Error that ended the writing early."""
    kept: bool = False
    """Whether the file is at its path."""

    @property
    @abstractmethod
    def replaces(self) -> bool:
        """Whether an older output is still at the path."""

    @abstractmethod
    def add(self, rgba: Picture) -> None:
        """Append one picture (H, W, 4); raises OutputError on a full disk."""

    @abstractmethod
    def finish(self) -> None:
        """Write the end of the file; raises OutputError where it cannot be written."""

    @abstractmethod
    def _keep(self) -> None:
        """Move what was written to the path; raises OutputError."""

    @abstractmethod
    def _discard(self) -> None:
        """Delete what was written."""

    def settle(self, *, replace: bool = True) -> None:
        """Move what was finished to the path, once; raises OutputError.

        Without `replace` an older output stays. Without a picture nothing is left.
        """
        if self.frames and (replace or not self.replaces):
            self._keep()
            self.kept = True
        else:
            self._discard()

    def close(self) -> None:
        """Finish the file and move it to the path; raises OutputError."""
        try:
            self.finish()
        finally:
            self.settle()

    def lasts_s(self, fps: float) -> float:
        """Return how long the file plays whose pictures were added at `fps`."""
        return self.frames / fps

    def outcome(self) -> str:
        """Return a sentence about what the path holds after a run that did not end as planned."""
        if self.kept:
            return f"{self.path} holds the first {counted(self.frames, 'frame')}."
        return f"{self.path} stays as it was." if self.replaces else ""


class FileWriter(Writer):
    """A writer of a single file; subclasses fill `place.made`."""

    def __init__(self, path: Path) -> None:
        """Create the file; raises OutputError."""
        self.path = path
        self.frames = 0
        self.place = Place(path, at_once=True)

    @property
    def replaces(self) -> bool:
        """Whether an older file is still at the path."""
        return self.place.replaces

    def _keep(self) -> None:
        self.place.keep()

    def _discard(self) -> None:
        self.place.discard()

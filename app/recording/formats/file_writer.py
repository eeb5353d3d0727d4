"""What writers of a single file have in common: where the file is made, and its place."""

from __future__ import annotations

from pathlib import Path

from app.recording.writer import Writer
from flame_model.files.writing.placing import Place


class FileWriter(Writer):
    """Write one file; subclasses fill `place.made`."""

    def __init__(self, path: Path) -> None:
        """Create the file; raises OutputError."""
        self.path = path
        self.frames = 0
        self.place = Place(path, at_once=True)

    @property
    def replaces(self) -> bool:
        """True while an older file stands in the place."""
        return self.place.replaces

    def _keep(self) -> None:
        self.place.keep()

    def _discard(self) -> None:
        self.place.discard()

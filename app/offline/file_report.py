"""The report of an offline run: how many frames were written, and how many of them had no face."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flame_model.notices import counted


@dataclass(frozen=True, slots=True)
class FileReport:
    """The output of an offline run and its counts of frames."""

    path: Path
    frames: int
    lost: int
    """Frames without a face."""

    def __str__(self) -> str:
        """Return the report as one sentence."""
        without = f", {self.lost} of them without a face" if self.lost else ""
        if self.lost == self.frames > 0:
            without = " without a face: no human face was found"
        return f"{counted(self.frames, 'frame')} written to {self.path}{without}."

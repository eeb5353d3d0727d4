"""What an offline run says when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileReport:
    """Count what an offline run has written."""

    path: Path
    frames: int
    lost: int
    """Frames without a face."""

    def __str__(self) -> str:
        """Return one sentence."""
        without = f", {self.lost} of them without a face" if self.lost else ""
        if self.lost == self.frames > 0:
            without = " without a face: no human face was found"
        return f"{self.frames} frame{'s' * (self.frames != 1)} written to {self.path}{without}."

"""Summarise a take by its times, without reading its landmarks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from flame_model.errors import SourceError
from flame_model.files.npz import array_names, read_npz
from flame_model.files.reading import expecting
from mappings.records.take import frame_rate

_NEEDED = ("time_s", "found")
_MARKS = ("landmarks", "scores", *_NEEDED)
"""Arrays that tell a take from other `.npz` files."""


@dataclass(frozen=True, slots=True)
class TakeSummary:
    """What a take holds."""

    frames: int
    faces: int
    """Frames with a face."""
    seconds: float
    """Time from the first frame to the end of the last one."""
    fps: float
    """Frames per second, 0 for fewer than two frames."""


def summary_of(path: Path) -> TakeSummary | None:
    """Return what the take in a file holds, None where the file holds other arrays; raises SourceError."""
    with expecting("take", "Record it again.", error=SourceError):
        if not {*_MARKS} <= {*array_names(path)}:
            return None
        arrays = read_npz(path, _NEEDED)
    times, found = (arrays[name] for name in _NEEDED)
    if times.ndim != 1 or found.shape != times.shape or {times.dtype.kind, found.dtype.kind} - set("biuf"):
        raise SourceError(f"{path} is not a readable take (its times are damaged). Record it again.")
    fps = frame_rate(times)
    seconds = float(times[-1] - times[0]) + (1.0 / fps if fps else 0.0) if len(times) else 0.0
    return TakeSummary(len(times), int(np.count_nonzero(found)), seconds, fps)

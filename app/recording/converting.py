"""Write a recorded file, or a part of it, to another file in the format that its suffix names."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from app.recording.opening import holds_alpha, open_file_writer, playable_rate
from app.recording.recorded_clip import RecordedClip
from flame_model.errors import OutputError

Part = tuple[float, float]
"""Seconds at which a part of a recording begins and ends."""
WHOLE: Part = (0.0, math.inf)


def convert(
    clip: RecordedClip, out: Path, part: Part = WHOLE, progress: Callable[[float], object] = lambda _: None
) -> int:
    """Write a part of `clip` to `out` and return the number of pictures.

    `progress` is told the share that is done, 0..1. A failure leaves an older file as it was. Raises
    OutputError (suffix, size, disk) and SourceError (a recording that is damaged or gone).
    """
    if out.absolute() == clip.path.absolute():
        raise OutputError(f"{out} is the recording itself; give the copy another name.")
    fps = playable_rate(out, clip.fps)
    length_s = max(min(part[1], clip.duration_s) - part[0], 1.0 / clip.fps)
    writer = open_file_writer(out, clip.size, fps, alpha=clip.alpha and holds_alpha(out))
    whole = False
    try:
        for time_s, picture in clip.pictures(*part, fps=None if fps == clip.fps else fps):
            writer.add(picture)
            progress(min(time_s / length_s, 1.0))
        writer.finish()
        whole = True
    finally:
        writer.settle(replace=whole)
    return writer.frames

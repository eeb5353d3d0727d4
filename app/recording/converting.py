"""Write a recorded file, or a part of it, to another file in the format that its suffix names."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from app.recording.opening import open_file_writer
from app.recording.output_format import (
    holds_alpha,
    holds_frames,
    holds_sound,
    playable_rate,
    require_recordable,
)
from app.recording.recorded_clip import RecordedClip
from app.sources.clips.sound import open_clip_sound
from flame_model.errors import OutputError
from flame_model.files.writing.move_into_place import Place
from flame_model.notices import Say

Part = tuple[float, float]
"""Seconds at which a part of a recording begins and ends."""
WHOLE: Part = (0.0, math.inf)


def convert(
    clip: RecordedClip,
    out: Path,
    part: Part = WHOLE,
    *,
    gif_bytes: int | None = None,
    progress: Callable[[float], object] = lambda _: None,
    say: Say = lambda _: None,
) -> int:
    """Write a part of `clip` to `out` and return the number of pictures.

    `progress` is told the share that is done, 0..1, and `say` what was chosen for a GIF of at most
    `gif_bytes`. A failure leaves an older file as it was. Raises OutputError (suffix, size, disk) and
    SourceError (a recording that is damaged or gone).
    """
    if out.absolute() == clip.path.absolute():
        raise OutputError(f"{out} is the recording itself; give the copy another name.")
    fps = playable_rate(out, clip.fps)
    require_recordable(out, clip.size, fps)
    if out.suffix.lower() == ".gif" and not holds_frames(out):
        # A clip can be read twice: for a palette of all its colours, and to be painted in it.
        place = Place(out)
        try:
            # Importing it takes a quarter of a second, which a window that opens need not wait for.
            from app.recording.formats.gif.fitting import GifEncoder

            encoder = GifEncoder(clip, out, part, fps=fps, progress=progress)
            frames = encoder.write(place.made, gif_bytes, say)
            place.keep()
        finally:
            place.discard()
        return frames
    return _convert_once(clip, out, part, fps, progress)


def _convert_once(
    clip: RecordedClip, out: Path, part: Part, fps: float, progress: Callable[[float], object]
) -> int:
    length_s = max(min(part[1], clip.duration_s) - part[0], 1.0 / clip.fps)
    sound = open_clip_sound(clip.path, part[0]) if holds_sound(out) else None
    writer = open_file_writer(out, clip.size, fps, alpha=clip.alpha and holds_alpha(out), sound=sound)
    whole = False
    try:
        for time_s, picture in clip.pictures(*part):
            writer.add(picture)
            progress(min(time_s / length_s, 1.0))
        writer.finish()
        whole = True
    finally:
        writer.settle(replace=whole)
    return writer.frames

"""The marks of the part of a recording that is kept, while a person chooses it."""

from __future__ import annotations

from app.live.recording.looped_recording import LoopedRecording
from app.recording.converting import Part

_LEAST_S = 0.1
"""Shortest part that can be kept."""


class TrimMarks:
    """Begin and end of a part, which the recording loops over meanwhile."""

    def __init__(self, loop: LoopedRecording) -> None:
        """Begin with the whole recording."""
        self._loop = loop
        self.part: Part = (0.0, loop.duration_s)
        """Seconds from the beginning of the recording."""

    def begin_at(self, time_s: float) -> None:
        """Move the first mark, at most to shortly before the second."""
        _, end_s = self.part
        self._set((min(max(time_s, 0.0), max(end_s - _LEAST_S, 0.0)), end_s))

    def end_at(self, time_s: float) -> None:
        """Move the second mark, at least to shortly after the first."""
        begin_s, _ = self.part
        self._set((begin_s, max(min(time_s, self._loop.duration_s), begin_s + _LEAST_S)))

    def release(self) -> None:
        """Play the whole recording again."""
        self._loop.play_part(0.0, self._loop.duration_s)

    def _set(self, part: Part) -> None:
        self.part = part
        self._loop.play_part(*part)

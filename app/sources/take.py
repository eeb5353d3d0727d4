"""Play back a recorded take: observations with the timing at which they were recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from app.sources.contract import Source, SourceItem, SourceNotice, TakeFrame
from app.sources.frame_rate import frame_rate
from app.sources.playback import Playback, play
from flame_model.errors import SourceError
from mappings.frames import FaceObservation
from mappings.records.take import load_take

_FALLBACK_FPS = 30.0


class TakeSource(Source):
    """Yields the observations of a take as `TakeFrame`s; there are no pictures."""

    def __init__(self, path: Path, name: str, playback: Playback) -> None:
        """Read the take; raises SourceError where it is not one or holds no frame."""
        take = load_take(path)
        if not len(take.observations):
            raise SourceError(f"{name} is a take without a single frame; record it again.")
        self.name = name
        self.is_camera = False
        self.frame_count = len(take.observations)
        self.size = None
        self.fps = frame_rate(take.times, (), 0.0) or _FALLBACK_FPS
        self._take = take
        self._playback = playback
        self._stopping = threading.Event()

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield every frame of the take, those without a face included."""
        if self._take.implausible:
            yield SourceNotice(
                f"{self.name}: {self._take.implausible} of {self.frame_count} frames have landmarks, scores "
                "or a head turn that no face can have; they count as frames without a face."
            )
        frames = play(self._round, self._playback, self._stopping, 1.0 / self.fps)
        for index, time_s, observation in frames:
            yield TakeFrame(index, time_s, observation)

    def _round(self) -> Iterator[tuple[float, FaceObservation | None]]:
        return zip(map(float, self._take.times), self._take.observations, strict=True)

    def close(self) -> None:
        """End the iteration."""
        self._stopping.set()

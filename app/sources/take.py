"""Play back a recorded take: observations with the timing at which they were recorded."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.sources.contract import Source, SourceItem, SourceNotice, TakeFrame
from app.sources.frame_rate import frame_rate
from app.sources.playback import Playback, Timeline, play
from app.sources.player import Player
from flame_model.arrays import Float64Array
from flame_model.errors import SourceError
from mappings.frames import FaceObservation, unconnected
from mappings.records.openings import openings
from mappings.records.take import Take, load_take
from mappings.records.take_journal import SUFFIX

_FALLBACK_FPS = 30.0


def load_whole_take(path: Path, name: str) -> Take:
    """Return the take in a file; raises SourceError where it is not one or holds no frame."""
    take = load_take(path)
    if not len(take.observations):
        raise SourceError(f"{name} is a take without a single frame; record it again.")
    return take


def frame_interval(take: Take) -> float:
    """Return the seconds for which the last frame of a take is shown: its usual step."""
    return 1.0 / (frame_rate(take.times, (), 0.0) or _FALLBACK_FPS)


def shown_times(take: Take) -> Float64Array:
    """Return when each frame of a take is shown, (N,) seconds from 0, as `Timeline` places them."""
    timeline = Timeline(frame_interval(take))
    return np.array([timeline.place(time_s) for time_s in take.times.tolist()], dtype=np.float64)


def doubts_about(take: Take, name: str) -> str:
    """Return a sentence about the frames of a take that no face can have, "" where there are none."""
    if not take.implausible:
        return ""
    return (
        f"{name}: {take.implausible} of {len(take.observations)} frames have landmarks, scores or a head "
        "turn that no face can have; they count as frames without a face."
    )


class TakeSource(Source):
    """Yields the observations of a take as `TakeFrame`s; there are no pictures."""

    def __init__(self, path: Path, name: str, playback: Playback) -> None:
        """Read the take; raises SourceError where it is not one or holds no frame."""
        take = load_whole_take(path, name)
        self.name = name
        self.is_camera = False
        self.frame_count = len(take.observations)
        self.size = None
        self.fps = 1.0 / frame_interval(take)
        self._take = take
        if playback.live:
            times = shown_times(take)
            self.player = Player(times, frame_interval(take), playback, openings(take.observations))
        self._interrupted = path.suffix.lower() == SUFFIX
        self._playback = playback
        self._stopping = threading.Event()

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield every frame of the take, those without a face included."""
        if self._interrupted:
            yield SourceNotice(
                f"{self.name} is left of a recording that was interrupted; make a take of it by: "
                "flame-cam takes list FOLDER"
            )
        if doubts := doubts_about(self._take, self.name):
            yield SourceNotice(doubts)
        if self.player is not None:
            if self.frame_count == 1:
                yield SourceNotice(f"{self.name} is a take of a single frame, which stays")
            yield from self._played(self.player)
            return
        frames = play(self._round, self._playback, self._stopping, 1.0 / self.fps)
        for index, time_s, observation in frames:
            yield TakeFrame(index, time_s, observation)

    def _played(self, player: Player) -> Iterator[TakeFrame]:
        begun_s, last_s, before = self._playback.clock(), -math.inf, -1
        for index, frame in enumerate(player.frames(self._stopping)):
            # Two frames that are asked for at once may have the same time.
            last_s = max(self._playback.clock() - begun_s, math.nextafter(last_s, math.inf))
            seen = self._take.observations[frame]
            yield TakeFrame(index, last_s, seen if frame == before + 1 else unconnected(seen))
            before = frame

    def _round(self) -> Iterator[tuple[float, FaceObservation | None]]:
        return zip(map(float, self._take.times), self._take.observations, strict=True)

    def close(self) -> None:
        """End the iteration."""
        self._stopping.set()

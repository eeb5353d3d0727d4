"""Play a recording as its viewer asks: pause, step, speed, any place, and a loop between two marks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.sources.playback import Playback
from flame_model.arrays import Float64Array

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
"""Speeds to choose from; 1 is that of the recording."""
_NAP_S = 0.02
"""Longest sleep before looking whether something was asked."""
_LATE = 0.5
"""Share of a frame's duration by which it may be late; more is a stall, after which nothing is caught up."""
Marks = tuple[int, int | None]
"""First frame of a loop and its last one, None until it is marked."""


@dataclass(frozen=True, slots=True)
class PlayerState:
    """What a player does at one moment."""

    frame: int
    """The frame that is shown."""
    playing: bool
    speed: float
    marks: Marks | None


class Player:
    """Decides which frame of a recording is shown when; `frames` runs on one thread, all else on any other.

    As long as nothing is asked of it, a recording plays once, or again and again with the playback's `loop`.
    Once something was asked, it stays at its last frame instead of ending. A single frame stays at once.
    """

    def __init__(
        self, times: Float64Array, interval_s: float, playback: Playback, openings: Float64Array
    ) -> None:
        """Take the times (N,) of the frames, from 0 and rising, and how long the last one is shown.

        `openings` (N, 2) is how far mouth and lids are open, 0..1, NaN without a face.
        """
        self.times = times
        self.openings = openings
        self.duration_s = float(times[-1]) + interval_s
        self._durations = np.append(np.diff(times), interval_s)
        self._playback = playback
        self._lock = threading.Lock()
        self._frame = 0
        self._asked: int | None = 0
        self._due_s = 0.0
        """When the frame after the one that is shown is due, by the playback's clock."""
        self._playing = True
        self._speed = 1.0
        self._marks: Marks | None = None
        self._used = len(times) == 1

    def frames(self, stopping: threading.Event) -> Iterator[int]:
        """Yield the number of each frame when it is due, until `stopping` is set or the recording ends."""
        while not stopping.is_set():
            with self._lock:
                frame, left_s = self._due()
            if frame is not None:
                yield frame
            elif left_s is None:
                return
            else:
                self._playback.sleep(min(left_s, _NAP_S))

    @property
    def state(self) -> PlayerState:
        """What the player does now."""
        with self._lock:
            return PlayerState(self._shown, self._playing, self._speed, self._marks)

    def play(self, playing: bool) -> None:
        """Play or pause; at the end of the recording, play from its beginning."""
        with self._lock:
            self._used = True
            if playing and not self._playing:
                if self._next() is None:
                    self._asked = 0
                self._due_s = self._playback.clock() + self._lasting_s(self._frame)
            self._playing = playing

    def seek(self, time_s: float) -> None:
        """Show the frame of a time."""
        with self._lock:
            self._show(int(np.searchsorted(self.times, time_s, side="right")) - 1)

    def step(self, frames: int) -> None:
        """Pause, and show the frame that lies so many further on."""
        with self._lock:
            self._playing = False
            self._show(self._shown + frames)

    def change_speed(self, steps: int) -> None:
        """Play so many SPEEDS faster, or slower where it is negative."""
        with self._lock:
            self._used = True
            before, now_s = self._speed, self._playback.clock()
            place = SPEEDS.index(before) + steps
            self._speed = SPEEDS[min(max(place, 0), len(SPEEDS) - 1)]
            self._due_s = now_s + (self._due_s - now_s) * before / self._speed

    def mark(self) -> None:
        """Mark the frame that is shown as the first of a loop, then as its last; then forget both."""
        with self._lock:
            self._used = True
            if self._marks is None or (self._marks[1] is None and self._shown <= self._marks[0]):
                self._marks = (self._shown, None)
            elif self._marks[1] is None:
                self._marks = (self._marks[0], self._shown)
            else:
                self._marks = None

    @property
    def _shown(self) -> int:
        return self._frame if self._asked is None else self._asked

    def _show(self, frame: int) -> None:
        self._used = True
        self._asked = min(max(frame, 0), len(self.times) - 1)

    def _due(self) -> tuple[int | None, float | None]:
        """Return the frame to show now, else how long to wait; neither where the recording has ended."""
        now_s = self._playback.clock()
        if self._asked is not None:
            frame, self._asked, begun_s = self._asked, None, now_s
        elif not self._playing:
            return None, _NAP_S
        elif now_s < self._due_s:
            return None, self._due_s - now_s
        else:
            following = self._next()
            if following is None:
                self._playing = not self._used
                return None, None if self._playing else _NAP_S
            late = now_s - self._due_s > _LATE * self._lasting_s(self._frame)
            frame, begun_s = following, now_s if late else self._due_s
        self._frame, self._due_s = frame, begun_s + self._lasting_s(frame)
        return frame, None

    def _next(self) -> int | None:
        """Return the frame that follows, None at the end."""
        if self._marks is not None and self._marks[1] is not None and self._frame >= self._marks[1]:
            return self._marks[0]
        if self._frame + 1 < len(self.times):
            return self._frame + 1
        return 0 if self._playback.loop else None

    def _lasting_s(self, frame: int) -> float:
        """Return how long a frame is shown at the present speed."""
        return float(self._durations[frame]) / self._speed

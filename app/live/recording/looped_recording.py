"""Play a recorded file again and again in small pictures, on a thread of its own."""

from __future__ import annotations

import math
import threading
import time
from pathlib import Path

import cv2
import numpy as np

from app.recording.recorded_clip import RecordedClip
from app.system.daemon import Daemon
from flame_model.arrays import Picture
from flame_model.errors import SourceError

LONGEST_SIDE = 300
"""Pixels; the largest picture that the window shows of it."""
MOST_FPS = 15.0
"""Rate of the small pictures: fluent enough to judge, at half the cost of every one."""
_MOST_PICTURES = 3000
"""Pictures kept in memory, compressed to about 10 KB each; of a longer recording fewer a second are shown."""
_BEHIND = np.array([24, 26, 32])
"""Colour behind transparent pixels."""
_JOIN_S = 1.0


class LoopedRecording:
    """The newest small picture of a recording that loops; the window never waits for it.

    The file is decoded once, while it plays for the first time. Later rounds come from memory, which takes a
    tenth of the processor time.
    """

    def __init__(self, path: Path) -> None:
        """Begin to play. Raises SourceError where the file cannot be read."""
        self._clip = RecordedClip(path)
        width, height = self._clip.size
        self.aspect = width / height
        scale = min(1.0, LONGEST_SIDE / max(width, height))
        self._small = max(2, round(width * scale)), max(2, round(height * scale))
        self.duration_s = self._clip.duration_s
        self.newest: tuple[float, Picture] | None = None
        """Seconds from the beginning, and the picture (H, W, 3)."""
        self.error: SourceError | None = None
        """What ended the loop, such as a file that was removed."""
        self._kept: list[tuple[float, np.ndarray]] = []
        self._part = 0.0, math.inf
        self._changed, self._closed = threading.Event(), threading.Event()
        self._thread = Daemon("looped recording", self._run)
        self._thread.start()

    def play_part(self, begin_s: float, end_s: float) -> None:
        """Loop between two times from now on."""
        if self._part != (begin_s, end_s):
            self._part = begin_s, end_s
            self._changed.set()

    def close(self) -> None:
        """End the thread."""
        self._closed.set()
        self._changed.set()
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        try:
            self._play_file()
            while self._kept and not self._closed.is_set():
                self._changed.clear()
                self._play_kept(*self._part)
        except SourceError as error:
            self.error = error

    def _play_file(self) -> None:
        """Play the whole file and keep its pictures; hurry where only a part is asked for meanwhile."""
        fps = min(MOST_FPS, _MOST_PICTURES / max(self.duration_s, 1.0))
        zero_s = time.perf_counter()
        for time_s, picture in self._clip.pictures(size=self._small, fps=fps):
            if self._closed.is_set():
                return
            small = _opaque(picture)
            _, data = cv2.imencode(".jpg", small)
            self._kept.append((time_s, data))
            if not self._changed.wait(max(0.0, zero_s + time_s - time.perf_counter())):
                self.newest = time_s, small

    def _play_kept(self, begin_s: float, end_s: float) -> None:
        """Play one round of a part, which ends early where the part changes."""
        zero_s = time.perf_counter()
        for time_s, data in self._kept:
            if not begin_s - 1.0 / MOST_FPS < time_s < end_s:
                continue
            if self._changed.wait(max(0.0, zero_s + time_s - begin_s - time.perf_counter())):
                return
            self.newest = time_s, np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)
        # The last picture is shown as long as the others, and an empty part does not spin.
        self._changed.wait(1.0 / MOST_FPS)


def _opaque(rgba: Picture) -> Picture:
    """Return a picture (H, W, 4) over a dark colour, (H, W, 3)."""
    if rgba[..., 3].min() == 255:
        return np.ascontiguousarray(rgba[..., :3])
    alpha = rgba[..., 3:].astype(np.float32) / 255.0
    return np.asarray(rgba[..., :3] * alpha + _BEHIND * (1.0 - alpha), dtype=np.uint8)

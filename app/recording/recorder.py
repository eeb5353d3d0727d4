"""Record a live picture without ever holding it up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.recording.opening import open_file_writer
from app.recording.thread import WriterThread
from flame_model.arrays import Picture

_QUEUE_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class RecordingReport:
    """Say how a recording went."""

    path: Path
    frames: int
    """Frames in the file, repeated ones included."""
    missed: int
    """Pictures that the writer could not take in time; the one before stays instead."""
    seconds: float
    """Length of the file."""
    error: str | None
    """The sentence where the recording ended before its time, else None."""


class Recorder:
    """Turn live pictures at their own times into a file at a constant rate.

    Each picture belongs to one slot of 1/fps seconds by its time: a slot without a picture repeats the one
    before, further pictures for a slot are left out. So the file runs as long as what was seen.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: float, *, alpha: bool = False) -> None:
        """Open the file and start its thread; raises OutputError where the path cannot be written.

        Pictures of another size than `size` (W, H), as after resizing the window, are fitted into it.
        """
        self.path = path
        self.missed = 0
        self._fps = fps
        self._writer = open_file_writer(path, size, fps, alpha=alpha)
        depth = max(4, _QUEUE_BYTES // (4 * size[0] * size[1]))
        self._thread = WriterThread(self._writer, size, min(depth, 64), keep_part=True)
        self._start_s: float | None = None
        self._last_slot = -1
        self._finishing = False

    def wants(self, time_s: float) -> bool:
        """Tell whether a picture at this time would be used, so that it need not be read back otherwise."""
        return not self._finishing and self._thread.error is None and self._slot(time_s) > self._last_slot

    def offer(self, rgba: Picture, time_s: float) -> bool:
        """Hand over a picture (H, W, 4) of `time_s` without waiting; False where it was not needed or missed.

        The picture must not be changed afterwards.
        """
        if not self.wants(time_s):
            return False
        if self._start_s is None:
            self._start_s = time_s
        slot = self._slot(time_s)
        if not self._thread.put(rgba, slot - self._last_slot - 1, block=False):
            self.missed += 1
            return False
        self._last_slot = slot
        return True

    def _slot(self, time_s: float) -> int:
        return 0 if self._start_s is None else round((time_s - self._start_s) * self._fps)

    def finish(self) -> None:
        """Ask for the file to be finished without waiting; `report` tells when it is."""
        if not self._finishing:
            self._finishing = True
            self._thread.finish()

    def report(self) -> RecordingReport | None:
        """Return how it went, None while the file is being written."""
        if self._thread.running:
            return None
        frames = self._writer.frames
        error = None
        if self._thread.error:
            error = f"{self._thread.error} {self._writer.outcome()}".rstrip()
        return RecordingReport(self.path, frames, self.missed, frames / self._fps, error)

    def stop(self) -> RecordingReport:
        """Finish the file, wait for it and return how it went; may be called again."""
        self.finish()
        self._thread.join()
        report = self.report()
        assert report is not None
        return report

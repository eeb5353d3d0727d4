"""Record live pictures into a file at a constant rate, without making them wait for the encoder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.recording.opening import open_file_writer
from app.recording.sound.contract import LiveSound
from app.recording.writer_thread import WriterThread
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.notices import Say

_QUEUE_BYTES = 64 * 2**20
"""Memory for pictures that wait for the encoder."""
_LEAST_DEPTH, _MOST_DEPTH = 4, 64
"""Pictures in the queue, whatever their size."""


@dataclass(frozen=True, slots=True)
class RecordingReport:
    """Result of a recording."""

    path: Path
    frames: int
    """Number of frames in the file, repeated ones included."""
    missed: int
    """Number of pictures that the queue had no room for; the previous one is repeated instead."""
    seconds: float
    """Length of the file when it is played."""
    error: str | None
    """Sentence about the error that ended the recording early, else None."""


class Recorder:
    """A recording of live pictures, which come at their own times, into a file at a constant rate.

    The picture of time t belongs to slot n = round((t - t0) fps), where t0 is the time of the first picture.
    A slot without a picture repeats the previous one, and only the first picture of a slot is used. So the
    file plays as long as the recording took.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        *,
        alpha: bool = False,
        gif_bytes: int | None = None,
        sound: LiveSound | None = None,
        say: Say = lambda _: None,
    ) -> None:
        """Open the file and start its thread; raises OutputError where the path cannot be written.

        Pictures of another size than `size` (W, H) are fitted into it, for example after the window is
        resized. With `alpha` their colours are multiplied by it; the rest is that of `open_writer`.
        """
        self.path = path
        self.missed = 0
        self._fps, self._sound = fps, sound
        try:
            self._writer = open_file_writer(
                path,
                size,
                fps,
                alpha=alpha,
                gif_bytes=gif_bytes,
                live=True,
                sound=sound,
                say=say,
            )
        except OutputError:
            if sound is not None:
                sound.close()
            raise
        depth = max(_LEAST_DEPTH, _QUEUE_BYTES // (4 * size[0] * size[1]))
        self._thread = WriterThread(
            self._writer, size, min(depth, _MOST_DEPTH), keep_part=True, multiplied=alpha
        )
        self._start_s: float | None = None
        self._last_slot = -1
        self._finishing = False

    def wants(self, time_s: float) -> bool:
        """Return whether a picture of this time would be used; others need not be read back from the GPU."""
        return not self._finishing and self._thread.error is None and self._slot(time_s) > self._last_slot

    def offer(self, rgba: Picture, time_s: float) -> bool:
        """Hand over a picture (H, W, 4) of `time_s` without waiting, and return whether it is used.

        It is not used where its slot has a picture or the queue is full. It must not be changed afterwards.
        """
        if not self.wants(time_s):
            return False
        if self._start_s is None:
            self._start_s = time_s
            if self._sound is not None:
                self._sound.begin(time_s)
        slot = self._slot(time_s)
        if not self._thread.put(rgba, slot - self._last_slot - 1, block=False):
            self.missed += 1
            return False
        self._last_slot = slot
        return True

    def _slot(self, time_s: float) -> int:
        return 0 if self._start_s is None else round((time_s - self._start_s) * self._fps)

    def finish(self) -> None:
        """Ask for the file to be finished, without waiting for it."""
        if not self._finishing:
            self._finishing = True
            self._thread.finish()

    def report(self) -> RecordingReport | None:
        """Return the result, None while the file is being written."""
        if self._thread.running:
            return None
        frames = self._writer.frames
        error = None
        if self._thread.error:
            error = f"{self._thread.error} {self._writer.outcome()}".rstrip()
        return RecordingReport(self.path, frames, self.missed, self._writer.lasts_s(self._fps), error)

    def stop(self) -> RecordingReport:
        """Finish the file, wait for it and return the result; may be called again."""
        self.finish()
        self._thread.join()
        report = self.report()
        assert report is not None
        return report

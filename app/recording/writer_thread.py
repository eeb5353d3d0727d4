"""The thread that a writer encodes on, and the queue before it.

Encoding overlaps with tracking and drawing. Python raises Ctrl-C in the main thread only, so it can never cut
a write in half.
"""

from __future__ import annotations

import queue
import threading

import numpy as np

from app.recording.letterbox import letterbox
from app.recording.writer import Writer
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from render.straight_alpha import straight_alpha

_LOOK_UP_S = 0.25
"""Seconds after which an idle thread checks whether the program has ended without closing it."""


class WriterThread:
    """A thread that feeds a writer from a bounded queue; after an error it drops the pictures."""

    def __init__(
        self,
        writer: Writer,
        size: tuple[int, int],
        depth: int,
        *,
        keep_part: bool,
        multiplied: bool = False,
    ) -> None:
        """Start the thread with a queue of `depth` pictures, which are fitted into `size` (W, H).

        The colours of `multiplied` pictures are divided by their alpha.

        With `keep_part` a recording that a failure cut short replaces an older file, because it cannot be
        made again.
        """
        self.abandoned = False
        """Whether a failure elsewhere has cut the recording short; to be set before `finish`."""
        self.error: OutputError | None = None
        """First error of the writer."""
        self._keep_part = keep_part
        self._multiplied = multiplied
        self._writer = writer
        self._size = size
        self._queue: queue.Queue[tuple[Picture, int] | None] = queue.Queue(depth)
        self._thread = threading.Thread(target=self._run, name="writer")
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the file is still being written."""
        return self._thread.is_alive()

    def put(self, rgba: Picture, hold: int = 0, *, block: bool) -> bool:
        """Queue a picture after `hold` repetitions of the previous one; return False for a full queue."""
        try:
            self._queue.put((rgba, hold), block=block)
        except queue.Full:
            return False
        return True

    def finish(self) -> None:
        """Ask for the file to be finished after what is queued, without waiting for it."""
        self._queue.put(None)

    def join(self) -> None:
        """Wait until the file is finished."""
        self._thread.join()

    def _run(self) -> None:
        previous: Picture | None = None
        while (item := self._next()) is not None:
            rgba, hold = item
            if self.error is None:
                picture = fitted(rgba, self._size)
                picture = straight_alpha(picture) if self._multiplied else picture
                self._write([picture if previous is None else previous] * hold + [picture])
                previous = picture
        self._finish()

    def _write(self, pictures: list[Picture]) -> None:
        try:
            for picture in pictures:
                self._writer.add(picture)
        except Exception as error:
            self._keep(error)

    def _finish(self) -> None:
        try:
            self._writer.finish()
        except Exception as error:
            self._keep(error)
        whole = self.error is None and not self.abandoned
        try:
            self._writer.settle(replace=whole or self._keep_part)
        except Exception as error:
            self._keep(error)

    def _keep(self, error: Exception) -> None:
        """Keep the first error; no error may end the thread before the file is closed."""
        if self.error is None:
            if not isinstance(error, OutputError):
                error = OutputError(f"{self._writer.path} cannot be written: {error}.")
            self.error = error

    def _next(self) -> tuple[Picture, int] | None:
        """Return the next item; None at the end, also where the program ended without `finish`."""
        while True:
            try:
                return self._queue.get(timeout=_LOOK_UP_S)
            except queue.Empty:
                if not threading.main_thread().is_alive():
                    return None


def fitted(rgba: Picture, size: tuple[int, int]) -> Picture:
    """Return the picture scaled to fit into `size` (W, H), in the middle of transparent black."""
    if (rgba.shape[1], rgba.shape[0]) == size:
        return rgba
    canvas = np.zeros((size[1], size[0], 4), dtype=np.uint8)
    letterbox(rgba, canvas)
    return canvas

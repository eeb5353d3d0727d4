"""Hand pictures to a writer on another thread, for runs that wait for the writer when it is slower."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from app.recording.writer import Writer
from app.recording.writer_thread import WriterThread
from flame_model.arrays import Picture
from flame_model.errors import OutputError

QUEUE_DEPTH = 4
"""Pictures; enough that drawing and encoding overlap."""


class QueuedWriter:
    """A writer that encodes on its own thread, with a queue of `QUEUE_DEPTH` pictures before it.

    `add` waits only while the queue is full. Pictures must not be changed after they are handed over. An
    error in the thread is raised by the next `add`, or by `close` where no `add` follows.
    """

    def __init__(self, writer: Writer, size: tuple[int, int]) -> None:
        """Start the thread for pictures of `size` (W, H)."""
        self.path = writer.path
        self._writer = writer
        self._thread = WriterThread(writer, size, QUEUE_DEPTH, keep_part=False)
        self._closed = False
        self._raised = False

    @property
    def frames(self) -> int:
        """Number of pictures that are in the file so far."""
        return self._writer.frames

    def add(self, rgba: Picture) -> None:
        """Queue one picture (H, W, 4) RGBA; raises OutputError where an earlier one could not be written."""
        if self._thread.error:
            self._raised = True
            raise self._thread.error
        self._thread.put(rgba, block=True)

    def close(self) -> None:
        """Finish the file and wait for it; raises the thread's OutputError where no `add` has raised it."""
        if not self._closed:
            self._closed = True
            self._thread.finish()
        self._thread.join()
        if self._thread.error and not self._raised:
            self._raised = True
            raise self._thread.error

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file, and note at an error that passes through what the output path holds.

        After Ctrl-C it holds the pictures written so far, after a failure the older file where there was one.
        """
        self._thread.abandoned = kind is not None and not issubclass(kind, KeyboardInterrupt)
        try:
            self.close()
        except OutputError as failure:
            self._note(failure)
            raise
        if error is not None:
            self._note(error)

    def _note(self, error: BaseException) -> None:
        if outcome := self._writer.outcome():
            error.add_note(outcome)

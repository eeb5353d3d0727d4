"""A writer on a thread of its own, for pictures that are drawn as fast as it takes them."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from app.recording.thread import WriterThread
from app.recording.writer import Writer
from flame_model.arrays import Picture
from flame_model.errors import OutputError


class BackgroundWriter:
    """Hand pictures to a writer on its own thread; `add` waits only when the thread is far behind.

    Pictures must not be changed once they are handed over. An error in the thread is raised by the next
    `add`, or by `close` where no `add` came after it.
    """

    _DEPTH = 4

    def __init__(self, writer: Writer, size: tuple[int, int]) -> None:
        """Start the thread for pictures of `size` (W, H)."""
        self.path = writer.path
        self._writer = writer
        self._thread = WriterThread(writer, size, self._DEPTH, keep_part=False)
        self._closed = False
        self._told = False

    @property
    def frames(self) -> int:
        """Pictures that are in the file so far."""
        return self._writer.frames

    def add(self, rgba: Picture) -> None:
        """Queue one picture; raises OutputError where an earlier one could not be written."""
        if self._thread.error:
            self._told = True
            raise self._thread.error
        self._thread.put(rgba, block=True)

    def close(self) -> None:
        """Finish the file and wait for it; raises OutputError where that failed and nobody was told yet."""
        if not self._closed:
            self._closed = True
            self._thread.finish()
        self._thread.join()
        if self._thread.error and not self._told:
            self._told = True
            raise self._thread.error

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish the file; add to an error that passes through what stands there now.

        After Ctrl-C that is what was drawn so far, after a failure an older file where there was one.
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

"""Open something slow on a daemon thread, and close it wherever it opens too late."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Generic, TypeVar

from app.system.daemon import Daemon
from flame_model.files.closing import Closeable

T = TypeVar("T", bound=Closeable)


class Opening(Generic[T]):
    """The result of a function that runs on a daemon thread; asking for it raises the function's exception.

    Example:

        opening = Opening("source", lambda: open_source("0"))
        ...
        source = opening.wait()
    """

    def __init__(self, name: str, open_it: Callable[[], T]) -> None:
        """Start the thread at once."""
        self._open_it = open_it
        self._future: Future[T] = Future()
        self._taken = False
        Daemon(name, self._open).start()

    @property
    def opened(self) -> T | None:
        """The result, None while it is still opening. Raises the exception of `open_it`."""
        return self._future.result() if self._future.done() else None

    @property
    def done(self) -> bool:
        """Whether `open_it` has returned or raised."""
        return self._future.done()

    @property
    def failed(self) -> bool:
        """Whether `open_it` has raised an exception."""
        return self._future.done() and not self._future.cancelled() and self._future.exception() is not None

    def wait(self, timeout_s: float | None = None) -> T:
        """Wait for the result and return it.

        Raises the exception of `open_it`, TimeoutError after `timeout_s`, or CancelledError after `abandon`.
        """
        return self._future.result(timeout_s)

    def take(self, timeout_s: float | None = None) -> T:
        """Wait for the result, as `wait` does, and take it over: the caller closes it, `abandon` does not."""
        taken = self._future.result(timeout_s)
        self._taken = True
        return taken

    def abandon(self) -> None:
        """Close the result, or close it as soon as it opens, and wake every thread that waits for it."""
        if not self._future.cancel() and not self._taken:
            # An exception of `open_it` was raised already where the result was asked for.
            with suppress(Exception):
                self._future.result().close()

    def _open(self) -> None:
        try:
            opened = self._open_it()
        except BaseException as error:
            with suppress(InvalidStateError):
                self._future.set_exception(error)
            return
        try:
            self._future.set_result(opened)
        except InvalidStateError:
            opened.close()

"""Something that takes its time to open, on a thread that nobody has to wait for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from app.system.daemon import Daemon


class Closeable(Protocol):
    """Hold something open until it is closed."""

    def close(self) -> None: ...


T = TypeVar("T", bound=Closeable)


class Opening(Generic[T]):
    """Open something in the background; what goes wrong is raised by whoever asks for it."""

    def __init__(self, name: str, open_it: Callable[[], T]) -> None:
        """Begin at once."""
        self._open_it = open_it
        self._future: Future[T] = Future()
        self._taken = False
        Daemon(name, self._open).start()

    @property
    def opened(self) -> T | None:
        """What was opened, None so far; raises what went wrong."""
        return self._future.result() if self._future.done() else None

    def wait(self, timeout_s: float | None = None) -> T:
        """Wait for it and return it; raises what went wrong, CancelledError once it was abandoned.

        Raises TimeoutError after `timeout_s`.
        """
        return self._future.result(timeout_s)

    def take(self) -> T:
        """Wait for it as `wait` does; whoever takes it is the one who closes it."""
        taken = self._future.result()
        self._taken = True
        return taken

    def abandon(self) -> None:
        """Close what is open, and have closed at once what opens later; whoever waits for it goes on."""
        if not self._future.cancel() and not self._taken:
            # Whoever asked for it has been told already what went wrong.
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

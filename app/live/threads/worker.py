"""A thread around a generator: it puts what the generator yields into a slot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from app.live.threads.slot import Slot
from app.system.daemon import Daemon

T = TypeVar("T")


class Worker(Generic[T]):
    """A daemon thread that runs `items` until they end or fail, or the consumer closes `output`.

    In each case it closes the generator, `output` and `upstream`, the slot that the generator takes from. So
    neither neighbour waits for a worker that has ended.
    """

    def __init__(
        self, name: str, items: Iterator[T], output: Slot[T], upstream: Slot[Any] | None = None
    ) -> None:
        self.error: BaseException | None = None
        """The exception that ended the worker; None for a normal end or while it runs."""
        self._items = items
        self._output = output
        self._upstream = upstream
        self._thread = Daemon(name, self._run)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the thread to end, where it was started; return whether it has ended."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            for item in self._items:
                if not self._output.put(item):
                    break
        except BaseException as error:
            self.error = error
        finally:
            self._finish()

    def _finish(self) -> None:
        """Close the generator on its own thread, then both slots."""
        try:
            close = getattr(self._items, "close", None)
            if close is not None:
                close()
        except Exception as error:
            self.error = self.error or error
        finally:
            self._output.close()
            if self._upstream is not None:
                self._upstream.close()

"""A thread around a generator: what it yields goes into a slot, and its failure wakes its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from app.live.threads.slot import Slot
from app.system.daemon import Daemon

T = TypeVar("T")


class Worker(Generic[T]):
    """Drive `items` on a thread of its own until it ends, fails, or `output` is closed by its reader.

    Whichever happens, both `output` and `upstream` are closed, so that no neighbour waits for a dead worker.
    """

    def __init__(
        self, name: str, items: Iterator[T], output: Slot[T], upstream: Slot[Any] | None = None
    ) -> None:
        self.error: BaseException | None = None
        """What ended the worker, None for a normal end."""
        self._items = items
        self._output = output
        self._upstream = upstream
        self._thread = Daemon(name, self._drive)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the thread to end, if it was started, and return whether it has."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _drive(self) -> None:
        try:
            for item in self._items:
                if not self._output.put(item):
                    break
        except BaseException as error:
            self.error = error
        finally:
            self._finish()

    def _finish(self) -> None:
        """Run the generator's own clean-up on this thread, then let the neighbours know."""
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

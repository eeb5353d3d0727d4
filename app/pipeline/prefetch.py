"""Run an iterator ahead on a thread, so that tracking and drawing overlap in an offline run."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_POLL_S = 0.05


class _End:
    """The last entry of the queue, with the exception that ended the items or None."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class Prefetch(Iterator[T]):
    """An iterator over `items` whose thread, started at once, works at most `depth` items ahead.

    Nothing is lost or reordered. An exception raised by `items` is raised here, after the items before it.
    Closing early stops the thread after the item it is working on. Where `items` is a generator, it is closed
    on that thread too.
    """

    def __init__(self, items: Iterable[T], depth: int) -> None:
        self._ahead: queue.Queue[T | _End] = queue.Queue(depth)
        self._abandoned = threading.Event()
        arguments = (items, self._ahead, self._abandoned)
        self._worker = threading.Thread(target=_fill, args=arguments, name="prefetch", daemon=True)
        self._worker.start()

    def __next__(self) -> T:
        """Wait for the next item and return it."""
        item = _End(None) if self._abandoned.is_set() else self._ahead.get()
        if not isinstance(item, _End):
            return item
        self.close()
        if item.error is not None:
            raise item.error
        raise StopIteration

    def close(self) -> None:
        """Stop the thread and wait for it to end. A second call does nothing."""
        self._abandoned.set()
        self._worker.join()


def _fill(items: Iterable[T], ahead: queue.Queue[T | _End], abandoned: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            if not _put(ahead, item, abandoned):
                break
        if isinstance(items, Generator):
            items.close()
    except BaseException as raised:
        error = raised
    _put(ahead, _End(error), abandoned)


def _put(ahead: queue.Queue[T | _End], item: T | _End, abandoned: threading.Event) -> bool:
    """Wait for room and put the item; return False once the reader has closed the iterator."""
    while not abandoned.is_set():
        try:
            ahead.put(item, timeout=_POLL_S)
        except queue.Full:
            continue
        return True
    return False

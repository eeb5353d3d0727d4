"""Overlap two halves of an offline run without losing or reordering anything."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterable
from typing import TypeVar

T = TypeVar("T")

_POLL_S = 0.05


class _End:
    """Mark the end of the items and carry what ended them."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def prefetch(items: Iterable[T], depth: int) -> Generator[T, None, None]:
    """Yield `items` in order while a thread works at most `depth` ahead; its exception is raised here.

    Closing the generator early stops the thread after the item it is working on; where `items` is a
    generator, its clean-up runs on that thread too.
    """
    ahead: queue.Queue[T | _End] = queue.Queue(depth)
    abandoned = threading.Event()
    worker = threading.Thread(target=_fill, args=(items, ahead, abandoned), name="prefetch", daemon=True)
    worker.start()
    try:
        while not isinstance(item := ahead.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        abandoned.set()
        worker.join()


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
    """Wait for room, but not for a reader that has gone."""
    while not abandoned.is_set():
        try:
            ahead.put(item, timeout=_POLL_S)
        except queue.Full:
            continue
        return True
    return False

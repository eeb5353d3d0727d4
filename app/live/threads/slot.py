"""A mailbox for one item between two threads: a newer item replaces an older one, which is counted."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class SlotClosed(Exception):
    """The slot is empty and closed: no more items will come."""


class Slot(Generic[T]):
    """A place for at most one item, for one producer and one consumer thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[T] = []
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Number of items that were replaced before they were taken."""
        return self._dropped

    def put(self, item: T) -> bool:
        """Store `item` in place of one that was not taken yet; return False once the slot is closed."""
        with self._changed:
            if self._closed:
                return False
            self._dropped += len(self._items)
            self._items[:] = [item]
            self._changed.notify_all()
            return True

    def take(self, timeout_s: float | None = None) -> T | None:
        """Wait for the newest item and take it, or return None after `timeout_s`.

        Raises SlotClosed where the slot is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed, timeout_s)
            if self._items:
                return self._items.pop()
            if self._closed:
                raise SlotClosed
            return None

    def close(self) -> None:
        """Refuse further items and wake both threads; an item that is there can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

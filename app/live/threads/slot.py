"""A mailbox for one item between two live workers: the newest wins, an older one is dropped and counted."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class SlotClosed(Exception):
    """Tell a consumer that the slot is empty and nothing more will come."""


class Slot(Generic[T]):
    """Hold at most one item; safe for one producer and one consumer thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[T] = []
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Number of items that were replaced before anyone took them."""
        return self._dropped

    def put(self, item: T) -> bool:
        """Leave `item`, replacing one that was not taken; return False once the slot is closed."""
        with self._changed:
            if self._closed:
                return False
            self._dropped += len(self._items)
            self._items[:] = [item]
            self._changed.notify_all()
            return True

    def take(self, timeout_s: float | None = None) -> T | None:
        """Wait for the newest item and return it, or None after `timeout_s`.

        Raises SlotClosed when the slot is closed and its last item was taken.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed, timeout_s)
            if self._items:
                return self._items.pop()
            if self._closed:
                raise SlotClosed
            return None

    def close(self) -> None:
        """Wake both sides: nothing more can be put, what is there can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

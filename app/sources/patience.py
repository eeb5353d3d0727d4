"""Wait for what cannot be interrupted, and be interrupted all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from flame_model.errors import SourceError


class Closable(Protocol):
    """Have something to let go of."""

    def close(self) -> object: ...


T = TypeVar("T", bound=Closable)


def opened_within(seconds: float, work: Callable[[], T], late: str) -> T:
    """Return what `work` opens, working on a thread of its own so that Ctrl-C ends the wait at once.

    Raises what `work` raises, and SourceError(`late`) after `seconds`. What is opened too late is closed.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="opening", daemon=True).start()
    try:
        return future.result(seconds)
    except BaseException as error:
        if future.done() and future.exception() is error:
            raise
        future.add_done_callback(_close)
        if isinstance(error, TimeoutError):
            raise SourceError(late) from error
        raise


def _close(future: Future[T]) -> None:
    if future.exception() is None:
        future.result().close()

"""Download what was asked for: bounded in bytes and time, over https, and given up at once on Ctrl-C.

A thread talks to the server, since neither a name look-up nor a server that sends a byte a minute lets go of
the thread that waits for it. It opens no file and nobody waits for its end.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any, BinaryIO

from flame_model.errors import DownloadError
from mappings.downloads.address import shown
from mappings.downloads.request import Answered, Failure, Item, receive

SILENCE_S = 30.0
"""Longest wait for the next bytes, and for the first."""
LONGEST_S = 3600.0
"""The largest archive in this time is 300 kB a second."""
_LOOK_UP_S = 0.1
_AHEAD = 8
"""Chunks received and not yet written."""


class FetchError(DownloadError):
    """Report a request that failed, with the status of the answer where one came."""

    def __init__(self, sentence: str, status: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Wanted:
    """Say what is wanted of an address."""

    address: str
    called: str
    """Beside the bar."""
    most_bytes: int
    exactly: bool = False
    """Whether it has to be `most_bytes` long."""
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """Posted to the address alone, not to where it redirects, and over plain http to this machine only."""


def download(wanted: Wanted, file: BinaryIO, progress: bool = True) -> str:
    """Write what an address sends to `file` and return its content type; a bar on stderr shows progress.

    Redirects are followed to https; over http to this machine, and to a host that was itself named by an http
    address. Raises FetchError, whose text holds no login, query or form, or what writing raises. What was
    written by then is worth nothing.
    """
    with _receiving(wanted) as items:
        answered = next(items)
        assert isinstance(answered, Answered)
        if answered.promised is not None:
            _require_size(wanted, answered.promised, "would send")
        received = 0
        with _bar(wanted, answered.promised, progress) as bar:
            for chunk in items:
                assert isinstance(chunk, bytes)
                received += len(chunk)
                if received > wanted.most_bytes:
                    raise FetchError(f"{shown(wanted.address)} sends more than {wanted.most_bytes} bytes.")
                file.write(chunk)
                bar.update(len(chunk))
            bar.refresh()
        _require_size(wanted, received, "sent")
        return answered.content_type


def _require_size(wanted: Wanted, size: int, sends: str) -> None:
    if size > wanted.most_bytes or (wanted.exactly and size != wanted.most_bytes):
        expected = "are expected" if wanted.exactly else "is the most expected"
        raise FetchError(
            f"{shown(wanted.address)} {sends} {size} bytes where {wanted.most_bytes} {expected}."
        )


@contextmanager
def _receiving(wanted: Wanted) -> Iterator[Iterator[Answered | bytes]]:
    """Yield what comes, first how the answer begins; the end of the block leaves the rest."""
    queue: Queue[Item] = Queue(_AHEAD)
    abandoned = Event()
    arguments = (wanted.address, wanted.form, queue, abandoned)
    Thread(target=receive, args=arguments, name="download", daemon=True).start()
    try:
        yield _items(wanted, queue)
    finally:
        abandoned.set()


def _items(wanted: Wanted, queue: Queue[Item]) -> Iterator[Answered | bytes]:
    """Yield until the end; raises FetchError for a failure, silence, or a download that takes ages."""
    end_s = time.monotonic() + LONGEST_S
    while (item := _next(wanted, queue, end_s)) is not None:
        if isinstance(item, Failure):
            raise FetchError(item.sentence, item.status)
        yield item


def _next(wanted: Wanted, queue: Queue[Item], end_s: float) -> Item:
    silent_s = time.monotonic() + SILENCE_S
    while True:
        try:
            return queue.get(timeout=_LOOK_UP_S)
        except Empty:
            if time.monotonic() > silent_s:
                reason = f"it sent nothing for {SILENCE_S:.0f} s"
                raise FetchError(f"No download from {shown(wanted.address)} ({reason}).") from None
        finally:
            if time.monotonic() > end_s:
                raise FetchError(
                    f"No download from {shown(wanted.address)} (it took more than {LONGEST_S:.0f} s)."
                )


def _bar(wanted: Wanted, promised: int | None, progress: bool) -> Any:
    from tqdm import tqdm

    return tqdm(
        total=promised, unit="B", unit_scale=True, desc=wanted.called, leave=False, disable=not progress
    )

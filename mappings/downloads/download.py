"""Download a file over https, limited in bytes and time, and interrupted at once by Ctrl-C.

A thread of its own talks to the server, since neither a name look-up nor a server that sends a byte a minute
can be interrupted. That thread opens no file, and the program does not wait for its end.
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
"""Longest wait for the first and for the next bytes."""
LONGEST_S = 3600.0
"""Longest download; the largest archive takes as long at 300 kB a second."""
_POLL_S = 0.1
"""Longest wait between two checks of the limits."""
_AHEAD = 8
"""Most chunks that are received and not yet written."""


class FetchError(DownloadError):
    """A request failed; `status` is that of the answer, None where no answer came."""

    def __init__(self, sentence: str, status: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to download, and its limits."""

    address: str
    called: str
    """Name of the file beside the progress bar."""
    most_bytes: int
    """Largest size of the file."""
    exactly: bool = False
    """Whether the file has to have `most_bytes`."""
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """Form that is posted to the address alone, not to where it redirects; over plain http to this machine
    only."""


def download(wanted: Wanted, file: BinaryIO, progress: bool = True) -> str:
    """Write what an address sends to `file` and return its content type; a bar on stderr shows progress.

    Redirects are followed to https, and over http to this machine or to a host that `address` itself names
    with http. Raises FetchError, whose text contains no login, query or form, or what writing raises. The
    contents of `file` are then incomplete.
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
    """Start a request, yield what it receives, the answer first, and abandon it at the end of the block."""
    queue: Queue[Item] = Queue(_AHEAD)
    abandoned = Event()
    arguments = (wanted.address, wanted.form, queue, abandoned)
    Thread(target=receive, args=arguments, name="download", daemon=True).start()
    try:
        yield _items(wanted, queue)
    finally:
        abandoned.set()


def _items(wanted: Wanted, queue: Queue[Item]) -> Iterator[Answered | bytes]:
    """Yield what is received until the end; raises FetchError for a failure, silence, or after LONGEST_S."""
    end_s = time.monotonic() + LONGEST_S
    while (item := _next(wanted, queue, end_s)) is not None:
        if isinstance(item, Failure):
            raise FetchError(item.sentence, item.status)
        yield item


def _next(wanted: Wanted, queue: Queue[Item], end_s: float) -> Item:
    silent_s = time.monotonic() + SILENCE_S
    while True:
        try:
            return queue.get(timeout=_POLL_S)
        except Empty:
            if time.monotonic() > silent_s:
                reason = f"it sent nothing for {SILENCE_S:.0f} s"
                raise FetchError(f"The download from {shown(wanted.address)} failed ({reason}).") from None
        finally:
            if time.monotonic() > end_s:
                raise FetchError(
                    f"The download from {shown(wanted.address)} failed (it took more than {LONGEST_S:.0f} s)."
                )


def _bar(wanted: Wanted, promised: int | None, progress: bool) -> Any:
    from tqdm import tqdm

    return tqdm(
        total=promised, unit="B", unit_scale=True, desc=wanted.called, leave=False, disable=not progress
    )

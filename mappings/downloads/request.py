"""Make one request to a server on a thread of its own, and put the answer into a queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from queue import Full, Queue
from threading import Event
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError

from mappings.downloads.address import parts, shown, without_login

REDIRECT_LIMIT = 5
_TIMEOUT_S = 30
_CHUNK = 2**14
"""Bytes of a chunk, which arrives as a whole; slow connections bring one within seconds."""
_POLL_S = 0.1
"""Longest wait between two checks whether the download was abandoned."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Names and addresses of this machine."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The size and type of an answer's content, from its headers."""

    promised: int | None
    """Bytes that the server announces, None where it announces none."""
    content_type: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The reason for which a request failed."""

    sentence: str
    status: int | None = None


Item = Answered | bytes | Failure | None
"""What a request puts into its queue, in this order: the Answered, chunks, None. A Failure may end it
anywhere."""


class _Refused(Exception):
    """An address is not requested, or its answer is refused."""

    def __init__(self, sentence: str, status: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status


def receive(address: str, form: Mapping[str, str] | None, into: Queue[Item], abandoned: Event) -> None:
    """Request an address and put what is received into a queue, until `abandoned` is set.

    No message contains anything of the form.
    """
    for item in _received(address, form):
        if not _put(into, item, abandoned):
            return


def _received(address: str, form: Mapping[str, str] | None) -> Iterator[Item]:
    try:
        with requests.Session() as session, closing(_answer(session, address, form)) as answer:
            promised = answer.headers.get("Content-Length", "")
            size = int(promised) if promised.isdecimal() and len(promised) < 20 else None
            yield Answered(size, answer.headers.get("Content-Type", ""))
            yield from answer.iter_content(_CHUNK)
            yield None
    except _Refused as error:
        yield Failure(str(error), error.status)
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        yield Failure(f"The download from {shown(address)} failed ({_cause(error)}).")


def _put(into: Queue[Item], item: Item, abandoned: Event) -> bool:
    """Put an item into the queue when there is room; return False once the download is abandoned."""
    while not abandoned.is_set():
        try:
            into.put(item, timeout=_POLL_S)
        except Full:
            continue
        return True
    return False


def _answer(session: requests.Session, address: str, form: Mapping[str, str] | None) -> requests.Response:
    """Follow redirects and return the answer at their end."""
    here = address
    for _ in range(REDIRECT_LIMIT + 1):
        _check_address(here, _LOOPBACK if form is not None else _plain_hosts(address))
        answer: requests.Response = session.request(
            "GET" if form is None else "POST",
            here,
            data=form,
            # Of a compressed answer only the compressed bytes would be counted.
            headers={"Accept-Encoding": "identity"},
            stream=True,
            timeout=_TIMEOUT_S,
            allow_redirects=False,
        )
        if not answer.is_redirect:
            return _good(answer, address)
        here, form = urljoin(here, answer.headers["Location"]), None
        answer.close()
    raise _Refused(f"{shown(address)} redirects more than {REDIRECT_LIMIT} times.")


def _good(answer: requests.Response, address: str) -> requests.Response:
    if answer.ok:
        return answer
    answer.close()
    reason = f"{answer.status_code} {answer.reason}"
    raise _Refused(f"The download from {shown(address)} failed ({reason}).", answer.status_code)


def _plain_hosts(address: str) -> tuple[str, ...]:
    """Return the hosts that are requested over http: this machine, and one that the user named with http."""
    split = parts(address)
    return (*_LOOPBACK, split.hostname) if split and split.scheme == "http" and split.hostname else _LOOPBACK


def _check_address(address: str, plain_hosts: tuple[str, ...]) -> None:
    split = parts(address)
    plain = split is not None and split.scheme == "http" and split.hostname in plain_hosts
    if not plain and (split is None or split.scheme != "https" or not split.hostname):
        raise _Refused(f"{shown(address)} is not an https address, and only those are used.")


def _cause(error: BaseException) -> str:
    """Return the innermost reason of a failed request in a few words."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    said = str(error).splitlines()
    return without_login(said[0]) if said else type(error).__name__

"""Download a file that was asked for, over https, with a progress bar."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from tqdm import tqdm

from flame_model.errors import DownloadError, OutputError

REDIRECT_LIMIT = 5
SIZE_LIMIT = 2**32
"""Bytes; the largest archive wanted has a tenth of it."""
_TIMEOUT_S = 30
_CHUNK = 2**18
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class FetchError(DownloadError):
    """Report a request that failed, with the status of the answer where one came."""

    def __init__(self, sentence: str, status: int | None) -> None:
        super().__init__(sentence)
        self.status = status


def fetch(address: str, target: Path, form: dict[str, str] | None = None) -> str:
    """Write what `address` sends to `target` and return its content type; a bar on stderr shows progress.

    `form` is posted to that address alone, never to where it redirects and never over plain http but to this
    machine. Raises FetchError or another DownloadError, whose text holds nothing of the form, or OutputError.
    """
    with requests.Session() as session:
        try:
            with closing(_answer(session, address, form)) as answer:
                _store(answer, target, address)
                return str(answer.headers.get("Content-Type", ""))
        except requests.RequestException as error:
            # Not chained: the request inside carries the form.
            raise FetchError(
                f"No download from {_shown(address)} ({_cause(error)}).", _status(error)
            ) from None


def _answer(session: requests.Session, address: str, form: dict[str, str] | None) -> requests.Response:
    """Return the answer that is no redirect any more."""
    here = address
    for _ in range(REDIRECT_LIMIT + 1):
        _check_address(here)
        answer: requests.Response = session.request(
            "GET" if form is None else "POST",
            here,
            data=form,
            stream=True,
            timeout=_TIMEOUT_S,
            allow_redirects=False,
        )
        if not answer.is_redirect:
            answer.raise_for_status()
            return answer
        here, form = urljoin(here, answer.headers["Location"]), None
        answer.close()
    raise DownloadError(f"{_shown(address)} redirects more than {REDIRECT_LIMIT} times.")


def _store(answer: requests.Response, target: Path, address: str) -> None:
    """Write the body; raises DownloadError where it ends early or never ends."""
    promised = int(answer.headers.get("Content-Length") or 0)
    received = 0
    bar: Any = tqdm(total=promised or None, unit="B", unit_scale=True, desc=target.name, leave=False)
    try:
        with bar, target.open("wb") as file:
            for chunk in answer.iter_content(_CHUNK):
                received += len(chunk)
                if received > SIZE_LIMIT:
                    raise DownloadError(f"{_shown(address)} sends more than {SIZE_LIMIT} bytes.")
                file.write(chunk)
                bar.update(len(chunk))
    except requests.RequestException:
        raise
    except OSError as error:
        raise OutputError(f"{target} cannot be written ({error.strerror}).") from error


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return
    raise DownloadError(f"{_shown(address)} is no https address, and nothing is sent or read over others.")


def _shown(address: str) -> str:
    """Return an address without a user, a password or a query."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def _status(error: requests.RequestException) -> int | None:
    return None if error.response is None else error.response.status_code


def _cause(error: requests.RequestException) -> str:
    """Return the reason in a few words."""
    if error.response is not None:
        return f"{error.response.status_code} {error.response.reason}"
    reason: BaseException = error
    while (inner := reason.__cause__ or reason.__context__) is not None:
        reason = inner
    return str(reason).splitlines()[0] if str(reason) else type(reason).__name__

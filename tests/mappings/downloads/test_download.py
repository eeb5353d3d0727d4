"""Downloads from servers that misbehave end in time, within limits, in one sentence without secrets."""

from __future__ import annotations

import io
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from mappings.downloads import download as module
from mappings.downloads.download import FetchError, Wanted, download

LIMIT = 100_000
OK = b"HTTP/1.1 200 OK\r\n"
Serve = Callable[[Callable[[socket.socket], object]], str]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Return a function that starts a server with given answers and returns its address."""
    listening: list[socket.socket] = []
    over = threading.Event()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def start(answer: Callable[[socket.socket], object]) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def accept() -> None:
            while not over.is_set():
                try:
                    call, _ = server.accept()
                    call.recv(65536)
                    answer(call)
                except OSError:
                    continue

        threading.Thread(target=accept, daemon=True).start()
        return f"http://somebody:pa@ss@127.0.0.1:{server.getsockname()[1]}/file?token=secret"

    yield start
    over.set()
    for server in listening:
        server.close()


def sends(head: bytes, body: bytes = b"", endless: bool = False) -> Callable[[socket.socket], None]:
    """Return an answer; an endless one goes on until the other side hangs up."""

    def answer(call: socket.socket) -> None:
        with call:
            call.sendall(head + b"\r\n" + body)
            while endless:
                call.sendall(bytes(65536))

    return answer


def redirects(target: str) -> Callable[[socket.socket], None]:
    return sends(b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n" % target.encode())


def fetched(address: str, exactly: bool = False, file: io.BytesIO | None = None) -> bytes:
    file = file or io.BytesIO()
    download(Wanted(address, "file", LIMIT, exactly), file, progress=False)
    return file.getvalue()


def test_what_is_sent_is_written(serve: Serve) -> None:
    assert fetched(serve(sends(OK + b"Content-Length: 5\r\n", b"model"))) == b"model"
    assert fetched(serve(sends(OK, b"model"))) == b"model"


@pytest.mark.parametrize(
    ("answer", "exactly", "words"),
    [
        (sends(OK, endless=True), False, f"sends more than {LIMIT} bytes"),
        (sends(OK + b"Content-Length: 50000000000\r\n", endless=True), False, "would send 50000000000 bytes"),
        (sends(OK + b"Content-Length: 5\r\n", b"model"), True, "would send 5 bytes"),
        (sends(OK, b"model"), True, "sent 5 bytes"),
        (sends(OK + b"Content-Length: 900\r\n", b"model"), False, "The download from .* failed"),
        (sends(OK + b"Content-Length: many\r\n", endless=True), False, f"sends more than {LIMIT} bytes"),
        (sends(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n"), False, "503 Busy"),
        (sends(b"\x00\xff what"), False, "The download from .* failed"),
        (redirects("file:///etc/hostname"), False, "not an https address"),
        (redirects("http://models.example.org/file"), False, "not an https address"),
        (redirects("http://[::1/file"), False, "The download from|not an https address"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_should_not_be_is_refused_at_once(
    serve: Serve, answer: Callable[[socket.socket], None], exactly: bool, words: str
) -> None:
    file = io.BytesIO()
    begun_s = time.monotonic()
    with pytest.raises(FetchError, match=words) as caught:
        fetched(serve(answer), exactly, file)
    assert time.monotonic() - begun_s < 5
    assert len(file.getvalue()) <= LIMIT
    for secret in ("somebody", "pa@ss", "ss@", "token", "secret"):
        assert secret not in str(caught.value)


@pytest.mark.parametrize("body", [None, b"mod"], ids=["no answer", "half an answer"])
def test_a_server_that_falls_silent_is_given_up(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, body: bytes | None
) -> None:
    monkeypatch.setattr(module, "SILENCE_S", 0.3)
    calls: list[socket.socket] = []

    def stall(call: socket.socket) -> None:
        calls.append(call)
        if body:
            call.sendall(OK + b"Content-Length: 5\r\n\r\n" + body)

    with pytest.raises(FetchError, match="sent nothing for"):
        fetched(serve(stall))


def test_a_server_that_trickles_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 0.5)

    def trickle(call: socket.socket) -> None:
        call.sendall(OK + b"\r\n")
        while True:
            call.sendall(bytes(20_000))
            time.sleep(0.2)

    with pytest.raises(FetchError, match="took more than"):
        fetched(serve(trickle))


@pytest.mark.skipif(os.name == "nt", reason="signals are sent by POSIX means")
def test_ctrl_c_ends_the_wait_for_a_silent_server_at_once(serve: Serve) -> None:
    calls: list[socket.socket] = []
    address = serve(calls.append)
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    begun_s = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        fetched(address)
    assert time.monotonic() - begun_s < 2


def test_a_full_disk_is_the_writers_own_error(serve: Serve) -> None:
    class Full(io.BytesIO):
        def write(self, _: object, /) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        fetched(serve(sends(OK, b"model")), file=Full())


def test_a_proxys_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://somebody:pa@ss@127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(FetchError) as caught:
        fetched("https://models.example.org/file")
    assert "pa@ss" not in str(caught.value)
    assert "somebody" not in str(caught.value)

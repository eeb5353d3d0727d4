"""A server on this machine that behaves like the sites heads are downloaded from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD = "somebody@example.org", "s3cret&=pass word"
LOGIN_PAGE = b"<!DOCTYPE html><html><form method='post'>Please sign in</form></html>"


@dataclass
class Site:
    """What the server answers and what it was asked."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """Content by `sfile`, or by path for what needs no login."""
    refuse_with: int = 200
    """Status of the answer to a wrong login; 200 sends the login page."""
    redirect: str = ""
    """Where a right login is sent on to, "" for nowhere."""
    redirect_status: int = 302
    circle: str = ""
    """A path that redirects to itself."""
    cut: int = 0
    """Bytes that the header states but that are not sent."""
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    """(method, path with query, body) of every request."""


@contextmanager
def serving() -> Iterator[Site]:
    """Run the site in a thread while the block runs."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    site.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._note()
            if self.path == site.circle:
                self._redirect(site.circle)
                return
            content = site.files.get(urlsplit(self.path).path)
            if content is None:
                self._send(404, b"not found", "text/plain")
            else:
                self._send(200, content, "application/zip")

        def do_POST(self) -> None:
            form = parse_qs(self._note().decode())
            query = parse_qs(urlsplit(self.path).query)
            if (form.get("username"), form.get("password")) != ([USER], [PASSWORD]):
                self._send(site.refuse_with, LOGIN_PAGE, "text/html; charset=UTF-8")
            elif site.redirect:
                self._redirect(site.redirect)
            else:
                content = site.files.get(query["sfile"][0])
                self._send(200 if content else 404, content or b"no such file", "application/zip")

        def _redirect(self, target: str) -> None:
            self.send_response(site.redirect_status)
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _note(self) -> bytes:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            site.asked.append((self.command, self.path, body))
            return body

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - site.cut])

        def log_message(self, *_: object) -> None:
            pass

    return Answer

"""The bundle is named, cached or downloaded, and a wrong one is never used."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flame_model.errors import TrackerBundleError
from mappings.tracking import landmarker_bundle as bundle


def task_file(content: bytes = b"model") -> bytes:
    """Return a small archive in the shape of a task file."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(zipfile.ZipInfo("face_detector.tflite"), content)
    return memory.getvalue()


GOOD = task_file()
OFFICIAL_SHA256 = bundle.BUNDLE_SHA256


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Give each test an empty cache, and make the small file the official one."""
    target = tmp_path / "cache" / "models" / bundle.BUNDLE_NAME
    monkeypatch.setattr(bundle, "cached_bundle", lambda: target)
    monkeypatch.setattr(bundle, "BUNDLE_SHA256", hashlib.sha256(GOOD).hexdigest())
    monkeypatch.setattr(bundle, "BUNDLE_BYTES", len(GOOD))
    monkeypatch.delenv(bundle.BUNDLE_VARIABLE, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return target


@pytest.fixture
def serve(monkeypatch):
    """Return a function that starts a loopback server with one answer and makes it the mirror."""
    servers = []

    def start(body: bytes, status: int = 200, length: int | None = None) -> None:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv(bundle.MIRROR_VARIABLE, f"http://127.0.0.1:{server.server_port}/bundle.task")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_downloads_once_then_serves_from_the_cache(serve, cache, monkeypatch):
    serve(GOOD)
    assert bundle.locate_bundle(progress=False) == cache
    assert cache.read_bytes() == GOOD
    monkeypatch.setenv(bundle.MIRROR_VARIABLE, "http://127.0.0.1:1/never-asked")
    assert bundle.locate_bundle(progress=False) == cache


def test_progress_bar_goes_to_stderr(serve, capsys):
    serve(GOOD)
    bundle.locate_bundle()
    printed = capsys.readouterr()
    assert "100%" in printed.err
    assert printed.out == ""


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((GOOD[:-20], 200, len(GOOD)), "The download from .* failed"),
        ((GOOD[:-20], 200), "bytes where"),
        ((GOOD[:-1] + b"x", 200), "SHA-256"),
        ((b"not found", 404), "404"),
    ],
    ids=["connection cut", "truncated", "wrong file", "404"],
)
def test_a_bad_answer_leaves_no_file(serve, cache, answer, reason):
    serve(*answer)
    with pytest.raises(TrackerBundleError, match=reason) as caught:
        bundle.locate_bundle(progress=False)
    assert bundle.BUNDLE_ADDRESS in str(caught.value)
    assert str(cache) in str(caught.value)
    assert list(cache.parent.iterdir()) == []


def test_offline_says_where_to_put_the_file(cache, monkeypatch):
    monkeypatch.setenv(bundle.MIRROR_VARIABLE, "http://127.0.0.1:1/bundle.task")
    with pytest.raises(TrackerBundleError, match="refused") as caught:
        bundle.locate_bundle(progress=False)
    assert f"download {bundle.BUNDLE_ADDRESS} and put it at {cache}" in str(caught.value)


def test_a_damaged_cache_is_replaced(serve, cache):
    cache.parent.mkdir(parents=True)
    cache.write_bytes(GOOD[:50])
    serve(GOOD)
    assert bundle.locate_bundle(progress=False).read_bytes() == GOOD


@pytest.mark.parametrize(("content", "state"), [(None, "not there"), (GOOD[:50], "damaged")])
def test_without_download_the_state_of_the_cache_is_reported(cache, content, state):
    if content:
        cache.parent.mkdir(parents=True)
        cache.write_bytes(content)
    with pytest.raises(TrackerBundleError, match=state):
        bundle.locate_bundle(download=False)


def test_named_files_win_over_the_cache_in_order(tmp_path, cache, monkeypatch):
    option, variable = tmp_path / "option.task", tmp_path / "variable.task"
    for path in (option, variable, cache):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(GOOD if path is cache else task_file(b"another version"))
    assert bundle.locate_bundle() == cache
    monkeypatch.setenv(bundle.BUNDLE_VARIABLE, str(variable))
    assert bundle.locate_bundle() == variable
    assert bundle.locate_bundle(option) == option


@pytest.mark.parametrize("content", [None, b"", b"text", GOOD[:-20]], ids=["missing", "empty", "text", "cut"])
def test_a_named_file_must_be_a_whole_task_file(tmp_path, content):
    path = tmp_path / "named.task"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TrackerBundleError, match=r"--landmarker names .*named\.task"):
        bundle.locate_bundle(path)


def test_a_mirror_must_be_an_http_address(monkeypatch):
    monkeypatch.setenv(bundle.MIRROR_VARIABLE, "file:///etc/hostname")
    with pytest.raises(TrackerBundleError, match="not an http or https address"):
        bundle.locate_bundle()


def test_a_cache_that_cannot_be_written_gets_a_sentence(serve, cache):
    serve(GOOD)
    cache.parent.parent.write_bytes(b"a file where the folder should be")
    with pytest.raises(TrackerBundleError, match="Cannot write"):
        bundle.locate_bundle(progress=False)


def test_the_known_hash_is_that_of_the_published_bundle(test_data, monkeypatch):
    monkeypatch.setattr(bundle, "BUNDLE_SHA256", OFFICIAL_SHA256)
    assert bundle.is_official(test_data / "models" / bundle.BUNDLE_NAME)

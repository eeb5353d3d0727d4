from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from app.sources import SourceLost, open_source
from app.sources.feeds.network import shown_address
from flame_model.errors import SourceError
from mappings.frames import Frame

JPEG = cv2.imencode(".jpg", np.full((48, 64, 3), (0, 0, 250), dtype=np.uint8))[1].tobytes()


class MjpegHandler(BaseHTTPRequestHandler):
    """Send twenty pictures at 50 a second as an IP camera does, then close the connection."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        try:
            for _ in range(20):
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(JPEG)}\r\n\r\n"
                self.wfile.write(head.encode() + JPEG + b"\r\n")
                time.sleep(0.02)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        return


def serve(handler: type) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def camera_address() -> Iterator[str]:
    yield from serve(MjpegHandler)


def test_a_stream_is_lost_and_comes_back(camera_address: str) -> None:
    items = []
    with open_source(f"{camera_address}/stream", live=True) as source:
        assert (source.size, source.is_camera, source.frame_count) == ((64, 48), False, None)
        for item in source:
            items.append(item)
            if isinstance(item, Frame) and any(isinstance(seen, SourceLost) for seen in items):
                break
    kinds = [type(item) for item in items]
    assert kinds.count(SourceLost) == 1
    assert kinds.index(SourceLost) >= 15
    frames = [item for item in items if isinstance(item, Frame)]
    assert abs(frames[0].image.astype(int) - (250, 0, 0)).max() < 12
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert frames[-1].time_s - frames[-2].time_s > 1.0


def test_a_finite_video_at_an_address_plays_like_a_file(make_clip) -> None:
    clip = make_clip(frames=12)

    class FileHandler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(clip.parent))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            return

    for address in serve(FileHandler):
        with open_source(f"{address}/{clip.name}", live=False) as source:
            assert source.frame_count == 12
            assert len(list(source)) == 12


def test_a_refused_connection_is_a_sentence() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/"
    with pytest.raises(SourceError, match="cannot be opened as a video"):
        open_source(address, live=True)


def test_an_address_is_shown_without_its_password() -> None:
    assert shown_address("rtsp://me:secret@10.0.0.2:554/live?x=1") == "rtsp://10.0.0.2:554/live?x=1"
    with pytest.raises(SourceError) as caught:
        open_source("http://me:secret@127.0.0.1:1/live", live=True)
    assert "secret" not in str(caught.value)

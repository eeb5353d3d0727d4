"""A stream at an http(s) or rtsp address, by PyAV."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.sources.contract import Playback, Source
from app.sources.decoding import RgbConverter, TimeoutPair, decode, open_container
from app.sources.live import Image, LiveSource
from app.sources.video import VideoSource

ADDRESS_SCHEMES = ("http://", "https://", "rtsp://", "rtsps://")
_TIMEOUT: TimeoutPair = (5.0, 3.0)
# Look at half a second of the stream and no more before the first picture, and hold no picture back.
_LIVE_OPTIONS = {"analyzeduration": "500000", "fflags": "nobuffer", "flags": "low_delay"}
_RTSP_OPTIONS = {"rtsp_transport": "tcp"}


class NetworkFeed:
    """Read RGB pictures from a stream as they arrive."""

    def __init__(self, address: str) -> None:
        """Connect within 5 s; raises SourceError."""
        options = dict(_LIVE_OPTIONS)
        if address.startswith("rtsp"):
            options |= _RTSP_OPTIONS
        self._container, stream = open_container(address, shown(address), options=options, timeout=_TIMEOUT)
        # Frame threads would hold back one picture for each thread.
        stream.thread_type = "SLICE"
        rate = stream.average_rate or stream.guessed_rate
        self.fps: float | None = float(rate) if rate else None
        self.endless = self._container.duration is None
        self._converter = RgbConverter()
        self._frames = decode(self._container, stream, set())

    def read(self) -> Image | None:
        """Wait for the next picture; None where the stream ended or fell silent for 3 s."""
        frame = next(self._frames, None)
        return None if frame is None else self._converter.convert(frame)

    def close(self) -> None:
        """Hang up."""
        self._container.close()


def open_network(address: str, playback: Playback) -> Source:
    """Open an address: a finite video plays like a file, everything else as a live stream."""
    name = shown(address)
    feed = NetworkFeed(address)
    if not feed.endless:
        feed.close()
        return VideoSource(address, name, playback, _TIMEOUT)
    waiting = [feed]

    def open_feed() -> NetworkFeed:
        return waiting.pop() if waiting else NetworkFeed(address)

    dark = f"{name} answers but sends no picture; check the address."
    return LiveSource(name, open_feed, playback, is_camera=False, no_picture=dark)


def shown(address: str) -> str:
    """Return the address without the user name and password it may carry."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

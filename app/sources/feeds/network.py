"""Open http(s) and rtsp addresses by PyAV: a picture, a clip, or a stream that goes on without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar
from urllib.parse import urlsplit

from app.sources.clips.clip import Clip
from app.sources.clips.containers import Opened, TimeoutPair, open_address
from app.sources.clips.converting import RgbConverter
from app.sources.clips.decoding import decoded, packets, prepare_decoder
from app.sources.clips.video import VideoSource
from app.sources.contract import Source
from app.sources.feeds.reconnecting import LiveSource
from app.sources.frame_rate import frame_rate
from app.sources.playback import Playback
from app.sources.still import StillSource
from app.system.opening import Opening
from flame_model.arrays import Picture
from flame_model.errors import SourceError
from flame_model.files.closing import Closeable

_TIMEOUT: TimeoutPair = (5.0, 3.0)
"""Seconds to open the address and to wait for each read."""
_PLAYLIST_TIMEOUT: TimeoutPair = (5.0, 15.0)
"""The next segment of a live playlist appears once it has been filmed, up to ten seconds later."""
_OPENING_S = 12.0
"""Longest time for looking up the name, connecting and reading the first packets together."""
_PROBE_S = 0.5
"""Longest time for measuring the frame rate of an address that sends no faster than it plays."""
# FFmpeg's own probing before the first picture, in microseconds; it would otherwise take up to five seconds.
_OPTIONS = {"analyzeduration": "500000"}
_RTSP_OPTIONS = {"rtsp_transport": "tcp"}
_CLOCKLESS = frozenset({"h264", "hevc", "jpeg_pipe", "mjpeg", "mpjpeg", "rtsp"})
"""Formats without times, or with a camera's: a frame's time is the moment at which it arrives."""
_BROADCAST = frozenset({"flv", "live_flv", "mpegts"})


T = TypeVar("T", bound=Closeable)


class NetworkFeed:
    """Decodes RGB pictures of a stream as they arrive."""

    def __init__(self, opened: Opened, name: str) -> None:
        """Take over an open connection; raises SourceError."""
        self._opened = opened
        prepare_decoder(opened.stream, name)
        # Frame threads would hold back one picture for each thread.
        opened.stream.thread_type = "SLICE"
        rates = (opened.stream.average_rate, opened.stream.guessed_rate)
        self.fps = frame_rate((), [float(rate) for rate in rates if rate], 0.0)
        self._converter = RgbConverter(opened.stream.sample_aspect_ratio)
        self._pictures = self._arriving()

    def next_picture(self) -> Picture | None:
        """Wait for the next packet's picture; None where there is none, or no packet comes for 3 s."""
        return next(self._pictures, None)

    def _arriving(self) -> Iterator[Picture | None]:
        damage: set[str] = set()
        for frames in decoded(self._opened.stream, packets(self._opened, damage), damage):
            yield from map(self._converter.convert, frames) if frames else (None,)

    def close(self) -> None:
        """Close the connection."""
        self._opened.close()


def open_network(address: str, playback: Playback) -> Source:
    """Open an address: a clip plays like a file, an endless stream as it arrives. Raises SourceError."""
    name = shown_address(address)
    first = _connect(address, name)
    if first.is_picture_format:
        clip = Clip(first, name, _PROBE_S)
        picture = clip.sole_picture()
        if picture is not None:
            return StillSource(name, picture, playback)
        clip.close()
        first = _connect(address, name)
    waiting = [first]

    def connection() -> Opened:
        return waiting.pop() if waiting else _connect(address, name)

    if not _is_live(first, playback):
        return VideoSource(name, lambda: Clip(connection(), name, _PROBE_S), playback)
    no_picture = f"{name} answers but sends no picture; check the address."
    return LiveSource(
        name, lambda: NetworkFeed(connection(), name), playback, is_camera=False, no_picture=no_picture
    )


def _connect(address: str, name: str) -> Opened:
    options = _OPTIONS | (_RTSP_OPTIONS if address.lower().startswith("rtsp") else {})
    timeout = _PLAYLIST_TIMEOUT if urlsplit(address).path.lower().endswith(".m3u8") else _TIMEOUT
    late = f"{name} does not answer within {_OPENING_S:g} s; check the address."
    return opened_within(_OPENING_S, lambda: open_address(address, name, options, timeout), late)


def _is_live(opened: Opened, playback: Playback) -> bool:
    """Return whether the address gives pictures as they are taken, rather than a recording."""
    container = opened.container
    if container.duration is not None or container.size > 0:
        return False
    if container.format.name in _CLOCKLESS:
        return True
    return playback.live and container.format.name in _BROADCAST


def shown_address(address: str) -> str:
    """Return the address without the user name and password it may contain.

    Raises SourceError for an address without a host, or with a port that cannot exist.
    """
    try:
        parts = urlsplit(address)
        reachable = parts.hostname and parts.port != 0
    except ValueError:
        reachable = False
    if not reachable:
        raise SourceError(
            f"The address '{address}' is incomplete; give one such as http://192.168.1.20:8080/video."
        )
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def opened_within(seconds: float, work: Callable[[], T], late: str) -> T:
    """Return what `work` opens; it runs on a thread of its own, so that Ctrl-C ends the wait at once.

    Raises what `work` raises, and SourceError(`late`) after `seconds`. A result that comes later is closed.
    """
    opening = Opening("opening", work)
    try:
        return opening.take(seconds)
    except TimeoutError as error:
        if opening.failed:
            raise
        raise SourceError(late) from error
    finally:
        # What was taken stays open.
        opening.abandon()

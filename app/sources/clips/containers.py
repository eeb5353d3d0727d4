"""Open containers by FFmpeg, with access to nothing but what was named, and choose the stream to show.

FFmpeg would otherwise follow a list of files, a playlist or a reference inside a clip to any file of the
machine and any address. Both its protocols and its demuxers are therefore limited to those named here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from flame_model.errors import SourceError

TimeoutPair = tuple[float, float]
"""Seconds to open and to wait for each read."""

_CLIPS = (
    "amv,apng,asf,av1,avi,cavsvideo,dirac,dnxhd,dv,flv,gif,gxf,h261,h263,h264,hevc,ivf,live_flv,m4v,matroska,"
    "mjpeg,mov,mpeg,mpegts,mpegvideo,mxf,nsv,nut,nuv,obu,ogg,pva,rm,ty,vc1,vvc,wtv,yuv4mpegpipe"
)
# Sound files are opened too, so that the error for a song is that it holds no pictures.
_SOUND = "aac,aiff,flac,mp3,w64,wav"
# jpeg_pipe is FFmpeg's name for JPEG pictures one after another, which is what an MJPEG file is.
_FILE_FORMATS = f"{_CLIPS},{_SOUND},jpeg_pipe"
_PICTURES = frozenset({"bmp_pipe", "image2", "jpeg_pipe", "png_pipe", "tiff_pipe", "webp_pipe"})
_STREAM_FORMATS = ",".join([_FILE_FORMATS, "mpjpeg", *sorted(_PICTURES)])
_ADDRESS_FORMATS = f"{_STREAM_FORMATS},hls,rtsp"
_ADDRESS_PROTOCOLS = "http,https,httpproxy,tcp,tls,crypto,rtp,srtp,udp"
# No QuickTime reference to another file is followed, and a picture's name is not taken as a pattern of names.
_CLOSED = {
    "protocol_whitelist": "file",
    "enable_drefs": "0",
    "use_absolute_path": "0",
    "pattern_type": "none",
}
_MAKE_TIMES_UP = 0x0001
"""AVFMT_FLAG_GENPTS, which PyAV sets."""
_NOT_MOVING = Disposition.attached_pic | Disposition.timed_thumbnails


class ByteStream(Protocol):
    """Gives bytes in order, an empty result at the end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """An open container and the one stream of it that is shown."""

    container: InputContainer
    stream: VideoStream

    @property
    def is_picture_format(self) -> bool:
        """Whether the format is one of pictures, of which there may be one or several."""
        return self.container.format.name in _PICTURES

    def close(self) -> None:
        """Close the file or connection."""
        self.container.close()


def open_file(path: Path, called: str) -> Opened:
    """Open a file; errors call it `called`. Raises SourceError."""
    # With its protocol and an absolute path, no part of a name is mistaken for a protocol.
    return _open(f"file:{path.absolute()}", called, {"format_whitelist": _FILE_FORMATS})


def open_stream(stream: ByteStream, called: str) -> Opened:
    """Open bytes that can be read only once, in order, such as a pipe's; raises SourceError."""
    return _open(stream, called, {"format_whitelist": _STREAM_FORMATS})


def open_address(address: str, called: str, options: dict[str, str], timeout: TimeoutPair) -> Opened:
    """Open an http(s) or rtsp address; `timeout` is (open, read) in seconds. Raises SourceError."""
    limits = {"format_whitelist": _ADDRESS_FORMATS, "protocol_whitelist": _ADDRESS_PROTOCOLS}
    return _open(address, called, limits | options, timeout)


def _open(
    what: str | ByteStream, called: str, options: dict[str, str], timeout: TimeoutPair | None = None
) -> Opened:
    try:
        container = av.open(what, "r", options=_CLOSED | options, timeout=timeout)
    except av.error.ExitError as error:
        patience_s = timeout[0] if timeout else 0.0
        raise SourceError(f"{called} does not answer within {patience_s:g} s; check the address.") from error
    except av.error.ArgumentError as error:
        # FFmpeg's error for a demuxer or a protocol that is not among those allowed.
        raise SourceError(
            f"{called} holds text, a list of other files or a rare kind of video, or redirects to such; "
            "give the clip itself, or convert it to MP4 first."
        ) from error
    except (av.FFmpegError, OSError, ValueError, RuntimeError) as error:
        raise SourceError(f"{called} cannot be opened as a video: {reason(error)}.") from error
    # FFmpeg would invent times where a file has none, as in AVI, and get them wrong for reordered pictures.
    container.flags &= ~_MAKE_TIMES_UP
    stream = _best_video_stream(container)
    if stream is None:
        container.close()
        raise SourceError(f"{called} holds no video stream; give a clip with pictures in it.")
    return Opened(container, stream)


def _best_video_stream(container: InputContainer) -> VideoStream | None:
    """Return the stream that media players show, None where there are no moving pictures.

    Covers and thumbnails do not count. The container's default comes first, then the largest picture, then
    the longest stream, then the first.
    """
    candidates = [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None and not stream.disposition & _NOT_MOVING
    ]
    return max(candidates, key=_rank, default=None)


def _rank(stream: VideoStream) -> tuple[bool, int, int]:
    area = stream.codec_context.width * stream.codec_context.height
    return bool(stream.disposition & Disposition.default), area, stream.frames


def reason(error: BaseException) -> str:
    """Return the message of FFmpeg or the system for an error, in lower case without address or number."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text[:1].lower() + text[1:].rstrip(".")

"""Which of a container's streams a player shows."""

from __future__ import annotations

from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

_PICTURES_ONLY = Disposition.attached_pic | Disposition.timed_thumbnails


def best_video_stream(container: InputContainer) -> VideoStream | None:
    """Return the stream a player shows, None where there are no moving pictures.

    Covers and thumbnails do not count. The container's own choice comes first, then the largest picture,
    then the longest stream, then the first.
    """
    candidates = [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None and not stream.disposition & _PICTURES_ONLY
    ]
    return max(candidates, key=_worth, default=None)


def _worth(stream: VideoStream) -> tuple[bool, int, int]:
    area = stream.codec_context.width * stream.codec_context.height
    return bool(stream.disposition & Disposition.default), area, stream.frames

"""Decode the pictures of one stream, past whatever is damaged."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.sources.clips.containers import Opened, reason

SILENCE = "silence"
"""Stands among the damage where a server stopped sending."""


def packets(opened: Opened, damage: set[str]) -> Iterator[Packet | None]:
    """Yield the stream's packets; after a broken one None, for what the decoder still holds.

    What could not be read is added to `damage`.
    """
    while True:
        try:
            yield from opened.container.demux(opened.stream)
        except IndexError:
            # Another stream begins midway, as in broadcasts; PyAV does not know it, so go on behind it.
            continue
        except av.error.ExitError:
            damage.add(SILENCE)
            yield None
        except (av.FFmpegError, OSError, ValueError) as error:
            # FFmpeg calls it an error when a server hangs up that did not say how much it would send.
            unstated = opened.container.size <= 0 and getattr(error, "errno", None) == errno.EIO
            if not unstated:
                damage.add(reason(error))
            yield None
        return


def decoded(
    stream: VideoStream, of_packets: Iterable[Packet | None], damage: set[str]
) -> Iterator[list[VideoFrame]]:
    """Yield for every packet the pictures that it completes: often one, none where it is damaged."""
    for packet in of_packets:
        yield _pictures(stream.decode if packet is None else packet.decode, damage)


def _pictures(step: Callable[[], Sequence[object]], damage: set[str]) -> list[VideoFrame]:
    """Return what one step of decoding gives; one broken packet does not end the video."""
    try:
        return [frame for frame in step() if isinstance(frame, VideoFrame)]
    except av.error.EOFError:
        return []
    except av.FFmpegError as error:
        damage.add(reason(error))
        return []

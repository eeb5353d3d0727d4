"""Decode the pictures of one stream: threads, limits of memory, and going on after damage."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence

import av
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.sources.clips.containers import Opened, reason
from app.sources.picture_size import MAX_SIDE
from flame_model.errors import SourceError

MAX_PIXELS = 2**28
"""16384 x 16384. Larger pictures are refused before they are decoded; one of this size is 0.8 GB as RGB."""
MAX_REFERENCED = 80 * 10**6
"""Samples a plane of pictures that others are decoded from, which are kept: H.265 took 11 bytes for each."""
_LARGE = 4096 * 2304
"""Pixels above which one picture is decoded at a time: every frame thread would hold several."""
_SELF_CONTAINED = frozenset({"mjpeg"})
"""Codecs that keep no other picture and can decode directly to half the size."""

SILENCE = "silence"
"""Stands among the damage where a server stopped sending."""


def prepare_decoder(stream: VideoStream, name: str) -> None:
    """Choose threads and size for a stream that is about to be decoded.

    Raises SourceError where its pictures would take more than 1 GB; `name` is what the sentence calls it.
    """
    context = stream.codec_context
    pixels = context.width * context.height
    alone = context.name in _SELF_CONTAINED
    limit = MAX_PIXELS if alone else MAX_REFERENCED // _bytes_per_sample(context)
    if pixels > limit:
        raise SourceError(
            f"{name} has pictures of {context.width}x{context.height}, which take more than 1 GB of memory; "
            f"make them smaller first (ffmpeg -i CLIP -vf scale={MAX_SIDE}:-2 SMALLER.mp4)."
        )
    # Pictures may turn out larger than stated.
    context.options = {**context.options, "max_pixels": str(limit)}
    if alone and max(context.width, context.height) >= 2 * MAX_SIDE:
        context.options["lowres"] = "1"
    # Frame and slice threads together: 0.7 ms a 512x512 picture with conversion on 2 cores.
    stream.thread_type = "SLICE" if pixels > _LARGE else "AUTO"


def _bytes_per_sample(context: VideoCodecContext) -> int:
    deep = context.format is not None and any(part.bits > 8 for part in context.format.components)
    return 2 if deep else 1


def packets(opened: Opened, damage: set[str]) -> Iterator[Packet | None]:
    """Yield the stream's packets; after a broken one None, for the pictures that the decoder still holds.

    What could not be read is added to `damage`.
    """
    while True:
        try:
            yield from opened.container.demux(opened.stream)
        except IndexError:
            # Another stream begins midway, as in broadcasts. PyAV does not know it; demuxing continues.
            continue
        except av.error.ExitError:
            damage.add(SILENCE)
            yield None
        except (av.FFmpegError, OSError, ValueError) as error:
            # FFmpeg reports an error when a server that stated no length closes the connection.
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
    """Return the pictures of one decoding step; one broken packet does not end the video."""
    try:
        return [frame for frame in step() if isinstance(frame, VideoFrame)]
    except av.error.EOFError:
        return []
    except av.FFmpegError as error:
        damage.add(reason(error))
        return []

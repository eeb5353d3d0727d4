"""How much a decoder may take: threads, and pictures that would fill the memory."""

from __future__ import annotations

from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from app.sources.bounds import MAX_SIDE
from app.sources.clips.geometry import MAX_PIXELS
from flame_model.errors import SourceError

MAX_REFERENCED = 80 * 10**6
"""Values a plane of what is decoded from other pictures, which are kept: H.265 took 11 bytes for each."""
_LARGE = 4096 * 2304
"""Pixels above which one picture is decoded at a time: every frame thread would hold several."""
_ALONE = frozenset({"mjpeg"})
"""Codecs that keep no other picture and can decode to half the size at once."""


def prepare_decoder(stream: VideoStream, name: str) -> None:
    """Choose threads and size for a stream that is about to be decoded.

    Raises SourceError where its pictures would take more than 1 GB; `name` is what to call it then.
    """
    context = stream.codec_context
    pixels = context.width * context.height
    alone = context.name in _ALONE
    limit = MAX_PIXELS if alone else MAX_REFERENCED // _bytes_a_value(context)
    if pixels > limit:
        raise SourceError(
            f"{name} has pictures of {context.width}x{context.height}, which take more than 1 GB of memory; "
            f"make them smaller first: ffmpeg -i CLIP -vf scale={MAX_SIDE}:-2 SMALLER.mp4"
        )
    # Pictures may turn out larger than stated.
    context.options = {**context.options, "max_pixels": str(limit)}
    if alone and max(context.width, context.height) >= 2 * MAX_SIDE:
        context.options["lowres"] = "1"
    # Frame and slice threads together: 0.7 ms a 512x512 picture with conversion on 2 cores.
    stream.thread_type = "SLICE" if pixels > _LARGE else "AUTO"


def _bytes_a_value(context: VideoCodecContext) -> int:
    deep = context.format is not None and any(part.bits > 8 for part in context.format.components)
    return 2 if deep else 1

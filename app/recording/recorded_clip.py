"""Read back a recorded file: its pictures with their alpha, from one time to another, as often as needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from flame_model.arrays import Picture
from flame_model.errors import SourceError

READABLE = (".mp4", ".webm", ".gif", ".mkv")
"""Suffixes of recordings that can be read back."""
_ALPHA_DECODERS = {"vp9": "libvpx-vp9", "vp8": "libvpx"}
"""FFmpeg's own decoders of these codecs leave out the alpha."""


class RecordedClip:
    """A file that a writer made, whose pictures can be read as often as needed."""

    def __init__(self, path: Path, *, stacked: bool = False) -> None:
        """Open the file; `stacked` is that of `Spool`. Raises SourceError where it cannot be read."""
        self.path = path
        self._stacked = stacked
        with self._opened() as container:
            stream = container.streams.video[0]
            self.size = (stream.width, stream.height // 2 if stacked else stream.height)
            self.fps = float(stream.average_rate or 30)
            self.duration_s = float(container.duration or 0) / av.time_base
            self.alpha = stacked or _has_alpha(stream)

    @property
    def frames(self) -> int:
        """Number of pictures, as the length of the file says."""
        return max(1, round(self.duration_s * self.fps))

    def pictures(
        self,
        begin_s: float = 0.0,
        end_s: float = math.inf,
        *,
        size: tuple[int, int] | None = None,
        fps: float | None = None,
    ) -> Iterator[tuple[float, Picture]]:
        """Yield (seconds since `begin_s`, picture (H, W, 4) RGBA) of the part from `begin_s` to `end_s`.

        `size` (W, H) scales the pictures; with `fps`, only as many are converted as are due at that rate.
        Raises SourceError where the file is damaged or gone.
        """
        reformatter = VideoReformatter()
        # Half a picture of room, because times are rounded to the file's ticks.
        slack_s, due_s = 0.5 / self.fps, begin_s
        for time_s, frame in self._frames(begin_s):
            if time_s >= end_s - slack_s:
                return
            if time_s < due_s - slack_s:
                continue
            due_s = due_s + 1.0 / fps if fps else begin_s
            whole = size is None or self._stacked
            rgba = reformatter.reformat(
                frame,
                *((frame.width, frame.height) if whole else size or self.size),
                format="rgba",
                interpolation="BILINEAR" if whole else "AREA",
                threads=1,
            ).to_ndarray()
            yield max(time_s - begin_s, 0.0), self._unstacked(np.asarray(rgba, dtype=np.uint8), size)

    def _unstacked(self, rgba: Picture, size: tuple[int, int] | None) -> Picture:
        """Return the upper half of a stacked picture with the lower half as its alpha, scaled to `size`."""
        if not self._stacked:
            return rgba
        upper, lower = np.split(rgba, 2)
        joined = np.dstack([upper[..., :3], lower[..., 0]])
        return joined if size is None else scaled(joined, size)

    def _frames(self, begin_s: float) -> Iterator[tuple[float, VideoFrame]]:
        """Yield every frame with its time, from the last key frame before `begin_s` on."""
        with self._opened() as container:
            stream = container.streams.video[0]
            stream.thread_type = "NONE"
            start, tick = stream.start_time or 0, stream.time_base
            if begin_s > 0 and tick:
                container.seek(start + int(begin_s / tick), stream=stream)
            decoder = self._decoder(stream)
            try:
                for packet in container.demux(stream):
                    for frame in decoder.decode(packet):
                        if frame.pts is not None and tick:
                            yield float((frame.pts - start) * tick), frame
            except (av.FFmpegError, OSError) as error:
                raise SourceError(f"{self.path} cannot be read back: {error}.") from error

    def _decoder(self, stream: VideoStream) -> VideoCodecContext:
        name = _ALPHA_DECODERS.get(stream.codec_context.name) if self.alpha else None
        if name is None:
            return stream.codec_context
        decoder = VideoCodecContext.create(name, "r")
        assert isinstance(decoder, VideoCodecContext)
        return decoder

    def _opened(self) -> InputContainer:
        try:
            container = av.open(str(self.path))
        except (av.FFmpegError, OSError, ValueError) as error:
            raise SourceError(f"{self.path} cannot be read back: {error}.") from error
        if not container.streams.video:
            container.close()
            raise SourceError(f"{self.path} holds no pictures.")
        return container


def _has_alpha(stream: VideoStream) -> bool:
    """Return whether pictures have alpha: by the tag of WebM files, or by the format of their pixels."""
    layout = stream.codec_context.format
    return stream.metadata.get("alpha_mode") == "1" or (layout is not None and _holds_alpha(layout.name))


def _holds_alpha(pixels: str) -> bool:
    return pixels in {"bgra", "rgba", "gbrap", "yuva420p", "pal8"}


def scaled(rgba: Picture, size: tuple[int, int]) -> Picture:
    """Return a picture (H, W, 4) with straight alpha, scaled to `size` (w, h) by averages."""
    weights = rgba[..., 3:].astype(np.float32) / 255.0
    parts = np.dstack([rgba[..., :3] * weights, rgba[..., 3:]]).astype(np.float32)
    small = cv2.resize(parts, size, interpolation=cv2.INTER_AREA)
    colors = small[..., :3] * 255.0 / np.maximum(small[..., 3:], 1.0)
    return np.asarray(np.dstack([np.minimum(colors, 255.0), small[..., 3]]).round(), dtype=np.uint8)

"""The common part of MP4 and WebM: pictures become 4:2:0 of even size in the colours of BT.709."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from app.recording.formats.encoded_file import EncodedFile, Format
from app.recording.sound.contract import Sound
from app.recording.writer import FileWriter
from flame_model.arrays import Picture

_BT709 = 1
_LIMITED_RANGE = 1
"""FFmpeg's numbers for the colour space, primaries and transfer of BT.709, and for values 16 to 235."""
_KEY_FRAME_S = 2.0
"""Seconds from one key frame to the next."""


class VideoWriter(FileWriter):
    """A writer of 4:2:0 video; pictures of odd size get their last column or row twice."""

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        form: Format,
        *,
        alpha: bool = False,
        sound: Sound | None = None,
    ) -> None:
        """Open the file for pictures of `size` (W, H) in a format; raises OutputError."""
        super().__init__(path)
        self._encoded = EncodedFile(self.place.made, path, form, fps, sound)
        stream = self._encoded.stream
        self._pad = (size[1] % 2, size[0] % 2)
        stream.height, stream.width = size[1] + self._pad[0], size[0] + self._pad[1]
        self._pixels = "yuva420p" if alpha else "yuv420p"
        stream.pix_fmt = self._pixels
        codec = stream.codec_context
        codec.gop_size = max(1, round(_KEY_FRAME_S * fps))
        codec.colorspace = codec.color_primaries = codec.color_trc = _BT709
        codec.color_range = _LIMITED_RANGE
        self._reformatter = VideoReformatter()
        self._last: tuple[Picture, VideoFrame] | None = None
        """The picture that was added last, converted."""

    def add(self, rgba: Picture) -> None:
        """Append one picture (H, W, 4); raises OutputError on a full disk."""
        # A picture that a live recording repeats is not converted again.
        yuv = self._last[1] if self._last is not None and self._last[0] is rgba else self._converted(rgba)
        self._last = rgba, yuv
        try:
            self._encoded.encode(yuv)
        finally:
            self._take_over()

    def _converted(self, rgba: Picture) -> VideoFrame:
        padded = _padded(rgba, *self._pad) if any(self._pad) else np.ascontiguousarray(rgba)
        return self._reformatter.reformat(
            VideoFrame.from_numpy_buffer(padded, format="rgba"),
            format=self._pixels,
            interpolation="FAST_BILINEAR",
            dst_colorspace=_BT709,
            threads=1,
        )

    def finish(self) -> None:
        """Write the frames that the encoder holds and the end of the file."""
        try:
            self._encoded.close()
        finally:
            self._take_over()

    def _take_over(self) -> None:
        self.frames, self.failure = self._encoded.frames, self._encoded.failure


def _padded(rgba: Picture, rows: int, columns: int) -> Picture:
    padded = cv2.copyMakeBorder(rgba, 0, rows, 0, columns, cv2.BORDER_REPLICATE)
    return np.asarray(padded, dtype=np.uint8)

"""Write H.264 in MP4 files, playable also where the writing ends early."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from app.recording.formats.encoded_file import EncodedFile, Format
from app.recording.writer import FileWriter
from flame_model.arrays import Picture

_BT709 = 1
_LIMITED_RANGE = 1
"""FFmpeg's numbers for the colour space, primaries and transfer of BT.709, and for values 16 to 235."""
_KEY_FRAME_S = 2.0
"""Seconds from one key frame to the next."""
_FORMAT = Format(
    "mp4",
    "libx264",
    {"movflags": "hybrid_fragmented+delay_moov", "frag_duration": "500000"},
    # ultrafast at crf 19 reaches 43 dB. superfast takes 1.8 times the processor time for 0.3 dB more and half
    # the bytes.
    {"preset": "ultrafast", "crf": "19"},
)


class Mp4Writer(FileWriter):
    """A writer of H.264, 4:2:0, without alpha; pictures of odd size get their last column or row twice.

    While the file grows it consists of fragments of half a second, each of which can be played. Closing makes
    it an ordinary MP4 with one index (`hybrid_fragmented`). So a killed process loses half a second.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: float) -> None:
        """Open the file for pictures of `size` (W, H); raises OutputError."""
        super().__init__(path)
        self._encoded = EncodedFile(self.place.made, path, _FORMAT, fps)
        stream = self._encoded.stream
        self._pad = (size[1] % 2, size[0] % 2)
        stream.height, stream.width = size[1] + self._pad[0], size[0] + self._pad[1]
        stream.pix_fmt = "yuv420p"
        codec = stream.codec_context
        codec.gop_size = max(1, round(_KEY_FRAME_S * fps))
        codec.colorspace = codec.color_primaries = codec.color_trc = _BT709
        codec.color_range = _LIMITED_RANGE
        self._reformatter = VideoReformatter()

    def add(self, rgba: Picture) -> None:
        """Append one picture (H, W, 4); raises OutputError on a full disk."""
        if any(self._pad):
            rgba = _padded(rgba, *self._pad)
        frame = VideoFrame.from_numpy_buffer(np.ascontiguousarray(rgba), format="rgba")
        yuv = self._reformatter.reformat(
            frame, format="yuv420p", interpolation="FAST_BILINEAR", dst_colorspace=_BT709, threads=1
        )
        try:
            self._encoded.encode(yuv)
        finally:
            self._take_over()

    def finish(self) -> None:
        """Write the frames that the encoder holds and turn the fragments into an ordinary MP4."""
        try:
            self._encoded.close()
        finally:
            self._take_over()

    def _take_over(self) -> None:
        self.frames, self.failure = self._encoded.frames, self._encoded.failure


def _padded(rgba: Picture, rows: int, columns: int) -> Picture:
    padded = cv2.copyMakeBorder(rgba, 0, rows, 0, columns, cv2.BORDER_REPLICATE)
    return np.asarray(padded, dtype=np.uint8)

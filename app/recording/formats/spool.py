"""A lossless video in which pictures wait for a format that takes longer to write than they to come."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from app.recording.formats.encoded_file import EncodedFile, Format
from app.recording.recorded_clip import RecordedClip
from app.recording.sound.contract import Sound
from flame_model.arrays import Picture

# 720x720 pixels of a head take 6 ms and 270 KB; PNG takes three times as long. A killed process loses half a
# second.
_FORMAT = Format("matroska", "libx264rgb", {"cluster_time_limit": "500"}, {"preset": "ultrafast", "qp": "0"})


class Spool(EncodedFile):
    """Pictures as they were added, in H.264 without loss, which media players show.

    H.264 has no alpha. With `alpha`, each picture has its alpha below it as a grey picture.
    """

    def __init__(
        self,
        made: Path,
        path: Path,
        size: tuple[int, int],
        fps: float,
        *,
        alpha: bool,
        sound: Sound | None = None,
    ) -> None:
        """Open the empty file `made` for pictures of `size` (W, H); errors name `path`."""
        super().__init__(made, path, _FORMAT, fps, sound)
        self._alpha, self._made = alpha, made
        self.stream.width, self.stream.height = size[0], size[1] * (2 if alpha else 1)
        self.stream.pix_fmt = "bgr24"
        self.stream.codec_context.thread_count = 1
        self._reformatter = VideoReformatter()

    def add(self, rgba: Picture) -> None:
        """Append one picture (H, W, 4); raises OutputError on a full disk."""
        if self._alpha:
            rgba = np.vstack([rgba, cv2.cvtColor(rgba[..., 3], cv2.COLOR_GRAY2RGBA)])
        frame = VideoFrame.from_numpy_buffer(np.ascontiguousarray(rgba), format="rgba")
        self.encode(self._reformatter.reformat(frame, format="bgr24", threads=1))

    def read(self) -> RecordedClip:
        """Return the pictures of the closed file. Raises SourceError."""
        return RecordedClip(self._made, stacked=self._alpha)

"""Write VP9 in WebM files, with alpha where it is asked for."""

from __future__ import annotations

from pathlib import Path

from app.recording.formats.encoded_file import Format
from app.recording.formats.video_writer import VideoWriter
from app.recording.sound.contract import Sound

_FORMAT = Format(
    "webm",
    "libvpx-vp9",
    # A killed process loses half a second.
    {"cluster_time_limit": "500"},
    # VP9 holds alpha only without alternative reference frames.
    {"deadline": "realtime", "cpu-used": "6", "crf": "20", "b": "0", "auto-alt-ref": "0", "row-mt": "1"},
    sound_codec="libopus",
)


class WebmWriter(VideoWriter):
    """A writer of VP9; its alpha is a second picture beside each, as browsers read it."""

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        *,
        alpha: bool,
        sound: Sound | None = None,
    ) -> None:
        """Open the file for pictures of `size` (W, H); raises OutputError."""
        super().__init__(path, size, fps, _FORMAT, alpha=alpha, sound=sound)

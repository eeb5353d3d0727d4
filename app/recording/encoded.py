"""What the writers that encode by PyAV have in common: packets into a file that may fill up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.recording.contract import Writer
from app.recording.disk import DiskFile, writing_error
from flame_model.errors import OutputError


class EncodedWriter(Writer):
    """Encode frames into one container; subclasses make the frames."""

    container_format: str
    container_options: dict[str, str]
    tail = b""
    """Bytes that end a file which had to be cut."""

    def __init__(self, path: Path, codec: str, fps: float, codec_options: dict[str, str]) -> None:
        """Open the file and add a stream; raises OutputError."""
        self.path = path
        self.frames = 0
        self._given = 0
        self._done = False
        self._failure: OutputError | None = None
        self._file = DiskFile(path)
        # Flushing after every packet makes the file's position the end of something complete.
        options = self.container_options | {"flush_packets": "1"}
        self._container = av.open(self._file, "w", format=self.container_format, options=options)
        self._rate = Fraction(fps).limit_denominator(1001)
        stream = self._container.add_stream(codec, rate=self._rate, options=codec_options)
        assert isinstance(stream, VideoStream)
        self._stream = stream

    def _encode(self, frame: VideoFrame | None) -> None:
        """Encode and write one frame, None for what the encoder still holds; raises OutputError."""
        if self._failure:
            raise self._failure
        if frame is not None:
            frame.pts = self._given
            self._given += 1
        for packet in self._stream.encode(frame):
            self._mux(packet)
        if self._file.error:
            self._fail(self._file.error)

    def _mux(self, packet: Packet) -> None:
        self._container.mux(packet)
        self._file.mark()

    def _fail(self, error: OSError) -> None:
        """Keep what is playable and raise the sentence."""
        self._done = True
        self._container.close()
        self._file.settle(self.tail)
        self.frames = count_frames(self.path)
        self._failure = writing_error(self.path, error, self.frames)
        raise self._failure

    def close(self) -> None:
        """Write what the encoder holds and the end of the file."""
        if self._done:
            return
        if self._given == 0:
            self._done = True
            self._file.discard()
            return
        self._encode(None)
        self._done = True
        self._container.close()
        if self._file.error:
            self._fail(self._file.error)
        self._file.close()
        self.frames = self._given


def count_frames(path: Path) -> int:
    """Return how many pictures of a video file can be read to their end, without decoding them."""
    try:
        with av.open(str(path)) as container:
            packets = container.demux(video=0)
            return sum(1 for packet in packets if packet.size and not packet.is_corrupt)
    except (av.FFmpegError, OSError, IndexError):
        return 0

"""A video file that PyAV encodes packet by packet, on a disk that may fill up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.recording.formats.disk_file import DiskFile, writing_error
from app.recording.sound.contract import Sound
from app.recording.sound.sound_track import SoundTrack
from flame_model.errors import OutputError


@dataclass(frozen=True, slots=True)
class Format:
    """Container, codec and options by which FFmpeg writes a format."""

    container: str
    codec: str
    container_options: Mapping[str, str]
    codec_options: Mapping[str, str]
    tail: bytes = b""
    """Bytes that end a file which was cut."""
    sound_codec: str | None = None
    """None where the format holds no sound."""


class EncodedFile:
    """One file with a container, one video stream, and one of sound where there is any."""

    def __init__(self, made: Path, path: Path, form: Format, fps: float, sound: Sound | None = None) -> None:
        """Open the empty file `made` and add the streams; errors name `path`. Raises OutputError.

        What gives the sound is closed with the file.
        """
        self.file = DiskFile(made)
        self.failure: OutputError | None = None
        self.frames = 0
        """Number of pictures encoded; after a failure, those that can be played."""
        self._path = path
        self._tail = form.tail
        self._done = False
        # With a flush after each packet, the file's position is the end of a complete packet.
        options = dict(form.container_options) | {"flush_packets": "1"}
        self._container = av.open(self.file, "w", format=form.container, options=options)
        self.rate = Fraction(fps).limit_denominator(1001)
        stream = self._container.add_stream(form.codec, rate=self.rate, options=dict(form.codec_options))
        assert isinstance(stream, VideoStream)
        self.stream = stream
        self._track: SoundTrack | None = None
        if sound is not None and form.sound_codec is not None:
            self._track = SoundTrack(self._container, form.sound_codec, sound)

    def encode(self, frame: VideoFrame | None) -> None:
        """Encode and write a frame; None: write what the encoder still holds. Raises OutputError."""
        if self.failure:
            raise self.failure
        if frame is not None:
            frame.pts = self.frames
        for packet in self.stream.encode(frame):
            self._mux(packet)
        self.frames += frame is not None
        if self._track is not None and frame is not None:
            for packet in self._track.until(float(self.frames / self.rate)):
                self._mux(packet)
        if self.file.error:
            self._fail(self.file.error)

    def _mux(self, packet: Packet) -> None:
        self._container.mux(packet)
        self.file.mark()

    def _fail(self, error: OSError) -> None:
        """Cut the file back to what can be played and raise OutputError."""
        self._end()
        self._container.close()
        self.file.settle(self._tail)
        self.frames = count_frames(self.file.path)
        self.failure = writing_error(self._path, error)
        raise self.failure

    def _end(self) -> None:
        """Write nothing more, and release the sound."""
        if not self._done and self._track is not None:
            self._track.close()
        self._done = True

    def close(self) -> None:
        """Write the frames that the encoder holds and the end of the file, once; raises OutputError."""
        if self._done:
            return
        if self.frames:
            self.encode(None)
            for packet in self._track.rest() if self._track is not None else ():
                self._mux(packet)
            self._end()
            self._container.close()
            if self.file.error:
                self._fail(self.file.error)
        self._end()
        self.file.close()
        if self.file.error:
            self._fail(self.file.error)


def count_frames(path: Path) -> int:
    """Return the number of complete pictures in a video file, without decoding them."""
    try:
        with av.open(str(path)) as container:
            packets = container.demux(video=0)
            return sum(1 for packet in packets if packet.size and not packet.is_corrupt)
    except (av.FFmpegError, OSError, IndexError):
        return 0

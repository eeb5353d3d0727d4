"""The sound of a video file: samples become packets beside those of the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet

from app.recording.sound.contract import Sound
from flame_model.arrays import Float32Array

_RATE = 48_000
_BITS_PER_SECOND = 160_000


class SoundTrack:
    """Encodes what `sound` gives into a stream of `container`; it closes `sound` in its end."""

    def __init__(self, container: OutputContainer, codec: str, sound: Sound) -> None:
        """Add the stream, before anything is written to the container."""
        stream = container.add_stream(codec, rate=_RATE)
        assert isinstance(stream, AudioStream)
        stream.codec_context.layout = "stereo"
        stream.codec_context.bit_rate = _BITS_PER_SECOND
        self._sound, self._stream = sound, stream
        self._resampler: AudioResampler | None = None
        self._fifo = AudioFifo()
        self._sent = 0
        """Samples handed to the encoder."""

    def until(self, time_s: float) -> Iterator[Packet]:
        """Yield packets of the sound up to `time_s`, as far as it has come."""
        samples = self._sound.take(time_s)
        if len(samples):
            self._fill(samples)
            while frame := self._fifo.read(self._stream.codec_context.frame_size or 1024):
                yield from self._encoded(frame)

    def rest(self) -> Iterator[Packet]:
        """Yield the last packets."""
        if frame := self._fifo.read(0, partial=True):
            yield from self._encoded(frame)
        if self._sent:
            yield from self._stream.encode(None)

    def close(self) -> None:
        """Release where the sound comes from."""
        self._sound.close()

    def _fill(self, samples: Float32Array) -> None:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout="stereo")
        frame.sample_rate = self._sound.rate
        if self._resampler is None:
            codec = self._stream.codec_context
            wanted = codec.format.name if codec.format is not None else "fltp"
            self._resampler = AudioResampler(format=wanted, layout="stereo", rate=_RATE)
        for resampled in self._resampler.resample(frame):
            resampled.pts = None
            self._fifo.write(resampled)

    def _encoded(self, frame: AudioFrame) -> Iterator[Packet]:
        frame.pts, frame.sample_rate = self._sent, _RATE
        frame.time_base = Fraction(1, _RATE)
        self._sent += frame.samples
        yield from self._stream.encode(frame)

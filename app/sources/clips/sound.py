"""Read the sound of a clip by the time of its pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from app.sources.clips.containers import open_file
from flame_model.arrays import Float32Array
from flame_model.errors import SourceError

_RATE = 48_000
_JITTER_S = 0.02
"""Samples follow each other without a gap where their times differ by less: containers round times."""


def open_clip_sound(path: Path, start_s: float = 0.0) -> ClipSound | None:
    """Return the sound of a clip from `start_s` of the file's own time on; None where it has none."""
    try:
        container = open_file(path, path.name).container
    except SourceError:
        return None
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream) or stream.codec_context is None:
        container.close()
        return None
    return ClipSound(container, stream, start_s)


class ClipSound:
    """Stereo samples of a clip in order, silence where it has none; 0 s is `start_s` of the file's time."""

    rate = _RATE

    def __init__(self, container: InputContainer, stream: AudioStream, start_s: float) -> None:
        """Take over an open container."""
        self._container, self._stream, self._start_s = container, stream, start_s
        self._pieces = self._decoded()
        self._waiting: list[Float32Array] = []
        self._have = 0
        """Samples in the past and in `_waiting`."""
        self._taken = 0

    def take(self, until_s: float) -> Float32Array:
        """Return the samples (N, 2), -1..1, from where the last call ended to `until_s`."""
        wanted = round(until_s * _RATE) - self._taken
        if wanted <= 0:
            return np.zeros((0, 2), np.float32)
        while self._have - self._taken < wanted:
            piece = next(self._pieces, None)
            if piece is None:
                self._append(np.zeros((wanted - (self._have - self._taken), 2), np.float32))
            else:
                self._place(*piece)
        joined = np.concatenate(self._waiting)
        self._waiting = [joined[wanted:]]
        self._taken += wanted
        return joined[:wanted]

    def close(self) -> None:
        """Close the file."""
        self._container.close()

    def _place(self, time_s: float, samples: Float32Array) -> None:
        """Append samples where their time says, after silence where it is late and cut where it is early."""
        gap = round(time_s * _RATE) - self._have
        if self._have and abs(gap) <= _JITTER_S * _RATE:
            gap = 0
        if gap > 0:
            self._append(np.zeros((gap, 2), np.float32))
        self._append(samples[max(-gap, 0) :])

    def _append(self, samples: Float32Array) -> None:
        self._waiting.append(samples)
        self._have += len(samples)

    def _decoded(self) -> Iterator[tuple[float, Float32Array]]:
        """Yield (seconds, samples (N, 2)); what is damaged is left out."""
        resampler = AudioResampler(format="fltp", layout="stereo", rate=_RATE)
        if self._start_s > 1.0:
            self._container.seek(math.floor((self._start_s - 0.5) * av.time_base))
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                frames = [] if packet is None else packet.decode()
            except (av.FFmpegError, OSError):
                continue
            if packet is None:
                return
            for frame in frames:
                if frame.time is None:
                    continue
                time_s = frame.time - self._start_s
                parts = [part.to_ndarray() for part in resampler.resample(frame)]
                if parts:
                    yield time_s, np.concatenate(parts, axis=1).T.astype(np.float32)

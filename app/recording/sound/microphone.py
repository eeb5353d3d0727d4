"""The microphone as the sound of a live recording, in time with its pictures."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from app.system.daemon import Daemon
from flame_model.arrays import Float32Array
from flame_model.errors import InputError
from flame_model.notices import Say

DEFAULT = "default"
"""Name of the system's own choice of microphone."""
_JITTER_S = 0.02
"""Blocks follow each other without a gap where their times differ by less; a drifting clock is caught up."""
_PATIENCE_S = 0.5
"""How long sound that has not come is waited for before silence takes its place."""
_SILENT_S = 1.5
"""A microphone that sends nothing for so long was unplugged; some systems do not say so."""

Heard = Callable[[Float32Array, float], object]
"""Takes a block of samples (N, channels), -1..1, and for how many seconds its first sample is past."""


class Input(Protocol):
    """An open microphone."""

    rate: int

    def close(self) -> object:
        """Stop it."""
        ...


OpenInput = Callable[[str, Heard], Input]
"""Opens the microphone of a name, which calls `Heard` on a thread of its own; raises InputError."""


class Microphone:
    """Stereo samples of a microphone by the clock of the pictures, and silence where none come.

    It opens on a thread of its own, because some systems take a second for that. What goes wrong is told to
    `say`, once, and the recording goes on.
    """

    rate = 48_000

    def __init__(self, name: str, open_input: OpenInput, clock: Callable[[], float], say: Say) -> None:
        self._name = name
        self._open_input = open_input
        self._clock = clock
        self._say = say
        self._lock = threading.Lock()
        self._blocks: list[tuple[float, Float32Array]] = []
        """Time of the first sample by the clock, and samples (N, 2), that have not been placed yet."""
        self._zero_s: float | None = None
        self._heard_s: float | None = None
        self._ready = np.zeros((0, 2), np.float32)
        self._taken = 0
        self._told = False
        self._closed = False
        self._input: Input | None = None
        Daemon("microphone", self._open).start()

    def begin(self, zero_s: float) -> None:
        """Take this time of the clock as 0 s; what came before is left out."""
        with self._lock:
            self._zero_s = zero_s

    def take(self, until_s: float) -> Float32Array:
        """Return the samples (N, 2) from where the last call ended to `until_s`, as far as they came."""
        with self._lock:
            zero_s, blocks = self._zero_s, self._blocks
            # Until it is open, its rate is not known; one that cannot be opened is silent.
            if zero_s is None or (self._input is None and not self._told):
                return self._ready[:0]
            self._blocks = []
        for begin_s, samples in blocks:
            self._place(begin_s - zero_s, samples)
        self._watch()
        late = round((until_s - _PATIENCE_S) * self.rate) - self._taken - len(self._ready)
        if late > 0:
            self._ready = np.concatenate([self._ready, np.zeros((late, 2), np.float32)])
        wanted = max(round(until_s * self.rate) - self._taken, 0)
        taken, self._ready = self._ready[:wanted], self._ready[wanted:]
        self._taken += len(taken)
        return taken

    def close(self) -> None:
        """Stop the microphone."""
        with self._lock:
            self._closed, opened = True, self._input
        if opened is not None:
            opened.close()

    def _open(self) -> None:
        try:
            opened = self._open_input(self._name, self._hear)
        except InputError as error:
            self._tell(f"{error} The recording has no sound.")
            return
        with self._lock:
            self.rate, self._input = opened.rate, opened
            closed = self._closed
        if closed:
            opened.close()

    def _hear(self, samples: Float32Array, ago_s: float) -> None:
        now_s = self._clock()
        stereo = samples[:, [0, min(1, samples.shape[1] - 1)]].astype(np.float32)
        with self._lock:
            self._heard_s = now_s
            self._blocks.append((now_s - ago_s, stereo))

    def _place(self, begin_s: float, samples: Float32Array) -> None:
        """Append a block where its time says, after silence where it is late and cut where it is early."""
        have = self._taken + len(self._ready)
        gap = round(begin_s * self.rate) - have
        if have and abs(gap) <= _JITTER_S * self.rate:
            gap = 0
        silence = np.zeros((max(gap, 0), 2), np.float32)
        self._ready = np.concatenate([self._ready, silence, samples[max(-gap, 0) :]])

    def _watch(self) -> None:
        """Tell of a microphone that has stopped sending."""
        heard_s = self._heard_s
        if heard_s is not None and self._clock() - heard_s > _SILENT_S:
            self._tell(
                f"{self._name or 'the microphone'} sends no sound any more; the recording goes on without"
            )

    def _tell(self, text: str) -> None:
        if not self._told:
            self._told = True
            self._say(text)


def open_device(name: str, heard: Heard) -> Input:
    """Open a microphone of this machine by a part of its name. Raises InputError."""
    try:
        import sounddevice
    except OSError as error:
        raise InputError(f"Microphones need PortAudio ({error}); on Linux, install libportaudio2.") from error
    try:
        return _Device(sounddevice, name, heard)
    except (sounddevice.PortAudioError, ValueError) as error:
        known = ", ".join(each["name"] for each in _microphones(sounddevice)) or "none"
        asked = "A microphone" if name == DEFAULT else f"The microphone {name}"
        raise InputError(f"{asked} cannot be opened ({error}); there are: {known}.") from error


class _Device:
    """A stream of the sounddevice library."""

    def __init__(self, library: Any, name: str, heard: Heard) -> None:
        wanted = None if name == DEFAULT else name
        device = library.query_devices(wanted, "input")
        self.rate = round(device["default_samplerate"])

        def hear(samples: Float32Array, _frames: int, time: Any, _status: object) -> None:
            # Some systems state no times; a block is then as old as it is long.
            stated_s = time.currentTime - time.inputBufferAdcTime
            heard(samples.copy(), stated_s if 0.0 < stated_s < 1.0 else len(samples) / self.rate)

        self._stream = library.InputStream(
            samplerate=self.rate,
            device=wanted,
            channels=min(2, device["max_input_channels"]),
            dtype="float32",
            callback=hear,
        )
        self._stream.start()

    def close(self) -> None:
        self._stream.close()


def _microphones(library: Any) -> list[dict[str, Any]]:
    return [each for each in library.query_devices() if each["max_input_channels"] > 0]

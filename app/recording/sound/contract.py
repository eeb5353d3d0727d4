"""The contract of what a video file takes its sound from."""

from __future__ import annotations

from typing import Protocol

from flame_model.arrays import Float32Array


class Sound(Protocol):
    """Gives stereo samples in order; 0 s is the time of the first picture."""

    rate: int
    """Samples a second."""

    def take(self, until_s: float) -> Float32Array:
        """Return the samples (N, 2), -1..1, from where the last call ended to `until_s`.

        There are fewer where they have not come yet.
        """
        ...

    def close(self) -> object:
        """Release the file or the microphone."""
        ...


class LiveSound(Sound, Protocol):
    """Sound that is recorded while it comes."""

    def begin(self, zero_s: float) -> object:
        """Take this time of the pictures' clock as 0 s; what came before is left out."""
        ...

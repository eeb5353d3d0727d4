"""Size and rate of a GIF, and how both are lowered for fewer bytes."""

from __future__ import annotations

import math
from dataclasses import dataclass

_FLUENT_FPS, _LEAST_FPS = 12.5, 100 / 12
"""A rate that still looks fluent, and the lowest, for the smallest pictures."""
_SMALL_SIDE = 160
"""Shorter side below which the rate gives way too, pixels."""
_RATE_EXPONENT = 0.4
"""Part of the saving that the rate takes; the area of the pictures takes the rest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Size (W, H) in pixels and rate of a GIF."""

    size: tuple[int, int]
    fps: float

    def __str__(self) -> str:
        """Return the words of a notice."""
        return f"{self.size[0]}x{self.size[1]} at {self.fps:.3g} frames a second"

    def scaled(self, ratio: float, whole: Plan) -> Plan:
        """Return a plan for `ratio` times as many bytes, not beyond that of the whole."""
        floor = _FLUENT_FPS if min(self.size) * math.sqrt(ratio) > _SMALL_SIDE else _LEAST_FPS
        wanted = max(_even_rate(self.fps * ratio**_RATE_EXPONENT), floor)
        fps = min(wanted, whole.fps)
        width, height = self.size
        scale = min(math.sqrt(ratio * self.fps / fps), whole.size[0] / width)
        return Plan((max(1, round(width * scale)), max(1, round(height * scale))), fps)


def _even_rate(fps: float) -> float:
    """Return the highest rate up to `fps` whose pictures last whole hundredths of a second, as GIF counts."""
    return 100.0 / math.ceil(100.0 / fps - 1e-6)

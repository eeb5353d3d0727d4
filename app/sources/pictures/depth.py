"""Pictures of more than 8 bits a channel: their values brought to 0..255."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[Any]

_WORDS = (8, 12, 16)
"""Bits that scanners and cameras fill; their values often come in wider words than they need."""
_OUTLIERS = 0.1
"""Percent of the floats at each end that may be lost: single hot pixels say nothing of the range."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Say which values are black and white."""

    black: float
    white: float

    def bytes_of(self, values: Values) -> npt.NDArray[np.uint8]:
        """Return values of any shape as 0..255; what is no number is black."""
        span = self.white - self.black
        scaled = (np.nan_to_num(values.astype(np.float32)) - self.black) * (255.0 / span if span else 0.0)
        return (np.clip(scaled, 0.0, 255.0) + 0.5).astype(np.uint8)


def levels_of(values: Values, stated: tuple[float, float] | None = None) -> Levels:
    """Return the black and white of a picture's values (or of enough of them).

    `stated` is (least, greatest) where the file says so. Otherwise whole numbers range from 0 to the end of
    the smallest of 8, 12 and 16 bits that holds them all, or of their own type; floats from 0 to 1 where they
    keep to it, else from their least to their greatest.
    """
    if stated and stated[0] < stated[1]:
        return Levels(*stated)
    if values.dtype.kind in "iu":
        greatest = int(values.max(initial=0))
        widest = int(np.iinfo(values.dtype).max)
        white = next((2**bits - 1 for bits in _WORDS if greatest < 2**bits <= widest), widest)
        return Levels(0.0, float(white))
    numbers = values[np.isfinite(values)]
    if not numbers.size or (numbers.min() >= 0.0 and numbers.max() <= 1.0):
        return Levels(0.0, 1.0)
    black, white = np.percentile(numbers, (_OUTLIERS, 100.0 - _OUTLIERS))
    return Levels(float(black) if black < white else 0.0, float(white))

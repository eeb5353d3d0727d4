"""Scale the values of pictures with more than 8 bits a channel to 0..255."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array

_USUAL_BITS = (8, 12, 16)
"""Bits that scanners and cameras fill; their values often come in wider words than they need."""
_OUTLIERS = 0.1
"""Percent of the floats at each end that may saturate; single hot pixels do not belong to the range."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The values that are black and white."""

    black: float
    white: float

    def bytes_of(self, values: Array) -> npt.NDArray[np.uint8]:
        """Return values of any shape as 0..255; NaN counts as 0."""
        span = self.white - self.black
        scaled = (np.nan_to_num(values.astype(np.float32)) - self.black) * (255.0 / span if span else 0.0)
        return (np.clip(scaled, 0.0, 255.0) + 0.5).astype(np.uint8)


def levels_of(values: Array, stated: tuple[float, float] | None = None) -> Levels:
    """Return the black and white of a picture from its values, or from a sample of them.

    `stated` is (least, greatest) where the file states them. Otherwise integers range from 0 to the end of
    the smallest of 8, 12 and 16 bits that holds them all, or of their own type. Floats range from 0 to 1
    where they all lie within, else from their least to their greatest.
    """
    if stated and stated[0] < stated[1]:
        return Levels(*stated)
    if values.dtype.kind in "iu":
        greatest = int(values.max(initial=0))
        widest = int(np.iinfo(values.dtype).max)
        white = next((2**bits - 1 for bits in _USUAL_BITS if greatest < 2**bits <= widest), widest)
        return Levels(0.0, float(white))
    numbers = values[np.isfinite(values)]
    if not numbers.size or (numbers.min() >= 0.0 and numbers.max() <= 1.0):
        return Levels(0.0, 1.0)
    black, white = np.percentile(numbers, (_OUTLIERS, 100.0 - _OUTLIERS))
    return Levels(float(black) if black < white else 0.0, float(white))

"""From one person's scores to those that a typical person would be given for the same face."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Self

import numpy as np

from flame_model.arrays import Array
from mappings.person.typical_rest import LIDS, typical_lids, typical_rest
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT, mirrored_indices

OPEN_LIMIT = 0.5
"""A calibration made during a blink must not leave the lids without a range."""
SMALLEST_LID_RANGE = 0.15


_zeros = partial(np.zeros, SIGNAL_COUNT)
_ones = partial(np.ones, SIGNAL_COUNT)


@dataclass(frozen=True, slots=True, eq=False)
class Correction:
    """Say how one person's scores differ from a typical person's; the default changes nothing.

    A signal is moved by its offset, so that the person's rest becomes the typical rest; what it then departs
    from that goes through dead zone, curve and gain. Lids have a range between two points instead: with a
    plain difference they would no longer shut.
    """

    offset: Array = field(default_factory=_zeros)
    """(52,) added to the scores."""
    gain: Array = field(default_factory=_ones)
    """(52,) on departures from rest."""
    dead_zone: Array = field(default_factory=_zeros)
    """(52,) departures from rest that do not count."""
    curve: Array = field(default_factory=_ones)
    """(52,) exponent of departures from rest; above 1 small ones count less."""
    lids: Array = field(default_factory=typical_lids)
    """(2, 2) eyeBlink of the left and right eye: open, then shut."""
    mirror_average: float = 0.0
    """0..1, how far both sides of mouth, cheeks and brows take their mean."""
    wink_link: float = 0.0
    """0..1, how far both lids take their mean."""

    def scores(self, scores: Array) -> Array:
        """Return the scores (52,) as the typical person's: 0..1, looks -1..1."""
        rest = typical_rest()
        departure = scores + self.offset - rest
        strength = np.maximum(np.abs(departure) - self.dead_zone, 0.0) ** self.curve
        typical = rest + self.gain * np.sign(departure) * strength
        closure = (scores[LIDS,] - self.lids[:, 0]) / (self.lids[:, 1] - self.lids[:, 0])
        open_lids, shut_lids = typical_lids().T
        typical[LIDS,] = open_lids + closure * (shut_lids - open_lids)
        both = 0.5 * (typical + typical[mirrored_indices()])
        typical += (self.mirror_average * _sided() + self.wink_link * _lids()) * (both - typical)
        clipped: Array = np.clip(typical, _least(), 1.0)
        return clipped

    def resting_at(self, scores: Array) -> Self:
        """Return the correction for which the face with these scores (52,) is at rest."""
        lids = self.lids.copy()
        lids[:, 0] = np.minimum(scores[LIDS,], OPEN_LIMIT)
        lids[:, 1] = np.maximum(lids[:, 1], lids[:, 0] + SMALLEST_LID_RANGE)
        return replace(self, offset=typical_rest() - scores, lids=lids)

    def mirrored(self) -> Self:
        """Return the correction for the person seen in the mirror."""
        sides = mirrored_indices()
        swapped = {name: getattr(self, name)[sides] for name in ("offset", "gain", "dead_zone", "curve")}
        return replace(self, lids=self.lids[::-1], **swapped)


@cache
def _least() -> Array:
    """Return what each score is at least.

    Who rests looking up reads no eyeLookUp when they look ahead: less than none is what they do then.
    """
    return np.array([-1.0 if name.startswith("eyeLook") else 0.0 for name in MEDIAPIPE_NAMES])


@cache
def _lids() -> Array:
    return np.isin(np.arange(SIGNAL_COUNT), LIDS).astype(np.float64)


@cache
def _sided() -> Array:
    """Return 1 for the signals that may be averaged with their mirror image.

    A look, jaw or mouth to one side would become none at all, and lids have their own link.
    """
    ways = ("eyeLook", "eyeBlink", "jawLeft", "jawRight", "mouthLeft", "mouthRight")
    return np.array([not name.startswith(ways) for name in MEDIAPIPE_NAMES], dtype=np.float64)

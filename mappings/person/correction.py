"""Correct a person's scores to those of a typical person with the same expression."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Self

import numpy as np

from flame_model.arrays import Array
from mappings.person.typical_rest import typical_lids, typical_rest
from mappings.signals import LIDS, SIGNAL_COUNT, mirrored_indices, signals_named

OPEN_LIMIT = 0.5
"""Greatest eyeBlink score of an open eye, so that a calibration made during a blink leaves the lids a
range."""
SMALLEST_LID_RANGE = 0.15
"""Least difference of the eyeBlink scores of a shut and an open eye."""


_zeros = partial(np.zeros, SIGNAL_COUNT)
_ones = partial(np.ones, SIGNAL_COUNT)


@dataclass(frozen=True, slots=True, eq=False)
class Correction:
    """The differences of a person's scores from a typical person's; the default has none.

    For a score s of the person, the typical rest r, and the departure d = s + offset - r from it, the typical
    person has

        r + gain * sign(d) * max(|d| - dead_zone, 0)^curve

    limited to 0..1, or to -1..1 for looks. The eyelids' scores are mapped linearly instead, from the person's
    open and shut eye to a typical one's: with an offset they would not shut.
    """

    offset: Array = field(default_factory=_zeros)
    """(52,) added to the scores, so that the person's rest becomes the typical rest."""
    gain: Array = field(default_factory=_ones)
    """(52,) factor of departures from rest."""
    dead_zone: Array = field(default_factory=_zeros)
    """(52,) departure from rest up to which a score counts as at rest."""
    curve: Array = field(default_factory=_ones)
    """(52,) exponent of departures from rest; above 1 it weakens small ones."""
    lids: Array = field(default_factory=typical_lids)
    """(2, 2) eyeBlink scores of the left and right eye: open, then shut."""
    mirror_average: float = 0.0
    """0..1, share by which both sides of mouth, cheeks and brows take their mean."""
    wink_link: float = 0.0
    """0..1, share by which both lids take their mean."""

    def scores(self, scores: Array) -> Array:
        """Return the scores (52,) that a typical person would have for a person's scores (52,)."""
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
        """Return the correction for a person who has these scores (52,) at rest."""
        lids = self.lids.copy()
        lids[:, 0] = np.minimum(scores[LIDS,], OPEN_LIMIT)
        lids[:, 1] = np.maximum(lids[:, 1], lids[:, 0] + SMALLEST_LID_RANGE)
        return replace(self, offset=typical_rest() - scores, lids=lids)

    def mirrored(self) -> Self:
        """Return the correction for the person seen in the mirror."""
        sides = mirrored_indices()
        return replace(
            self,
            offset=self.offset[sides],
            gain=self.gain[sides],
            dead_zone=self.dead_zone[sides],
            curve=self.curve[sides],
            lids=self.lids[::-1],
        )


@cache
def _least() -> Array:
    """Return the least value (52,) of each typical score.

    A person who rests looking up has an eyeLookUp score below their rest when they look ahead: a negative
    score of a look shows that.
    """
    return np.where(signals_named("eyeLook"), -1.0, 0.0)


@cache
def _lids() -> Array:
    """Return 1 for the eyelids' signals and 0 for the others, (52,)."""
    return np.isin(np.arange(SIGNAL_COUNT), LIDS).astype(np.float64)


@cache
def _sided() -> Array:
    """Return 1 for the signals that `mirror_average` averages with their mirror image, 0 for others, (52,).

    A look, jaw or mouth to one side would be cancelled by its mirror image, and lids have their own link.
    """
    excluded = ("eyeLook", "eyeBlink", "jawLeft", "jawRight", "mouthLeft", "mouthRight")
    return (~signals_named(*excluded)).astype(np.float64)

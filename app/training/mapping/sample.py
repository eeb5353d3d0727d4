"""What a mapping is fitted to: scores and the coefficients that should come of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import InputError
from mappings.records.people_folds import people_folds, person_weights
from mappings.scores.ridge import DEAD_STD
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT, mirrored_indices

BOUND_SLACK = 0.5
"""Of the range that a signal showed, by which it may go beyond: what was seen of jawRight ends at 0.12."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold N frames."""

    scores: Array
    """(N, 52)."""
    targets: Array
    """(N, E + 11) expression, jaw, eyes, eyelids."""
    person: Array
    """(N,)."""
    weights: Array
    """(N,) mean 1: every person counts alike."""
    fold: Array
    """(N,) which frames are kept back together."""

    @property
    def groups(self) -> dict[str, slice]:
        """Return the columns of each group of coefficients."""
        count = self.targets.shape[1] - 11
        ends = {"expression": count, "jaw": count + 3, "eyes": count + 9, "eyelids": count + 11}
        starts = (0, *ends.values())
        return {name: slice(start, end) for (name, end), start in zip(ends.items(), starts, strict=False)}

    @property
    def still(self) -> list[str]:
        """Return the signals that never move."""
        quiet = self.scores.std(axis=0) <= DEAD_STD
        return [name for name, each in zip(MEDIAPIPE_NAMES, quiet, strict=True) if each]

    def score_bounds(self) -> Array:
        """Return the least and greatest scores (2, 52) that a mapping fitted to this should take."""
        least, greatest = self.scores.min(axis=0), self.scores.max(axis=0)
        slack = BOUND_SLACK * (greatest - least)
        return np.clip([least - slack, greatest + slack], 0.0, 1.0)


def make_sample(scores: Array, targets: Array, person: Array, mirror: Array | None) -> Sample:
    """Return a sample of scores (N, 52) and targets (N, C), with the mirror image of each frame.

    `mirror` (C, C) is that of the coefficients, None where there is none. Raises InputError for too few
    frames or none that moves.
    """
    if len(scores) < SIGNAL_COUNT:
        raise InputError(
            f"{len(scores)} frames are fewer than the {SIGNAL_COUNT} signals; gather more clips."
        )
    scores = _levelled(scores.astype(np.float64))
    fold = people_folds(person)
    if mirror is not None:
        scores = np.concatenate([scores, scores[:, mirrored_indices()]])
        targets = np.concatenate([targets, targets @ mirror])
        person, fold = np.tile(person, 2), np.tile(fold, 2)
    sample = Sample(scores, targets, person, person_weights(person), fold)
    if len(sample.still) == SIGNAL_COUNT:
        raise InputError("No signal moves in the data, so there is nothing to fit; gather clips that move.")
    return sample


def _levelled(scores: Array) -> Array:
    """Return scores (N, 52) with the same level on both sides where neither side ever moves.

    Exchanged by the mirror image, two levels would look like a signal that moves.
    """
    other = mirrored_indices()
    still = scores.std(axis=0) <= DEAD_STD
    level = scores.mean(axis=0)
    return np.where(still & still[other], 0.5 * (level + level[other]), scores)

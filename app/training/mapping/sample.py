"""The scores and coefficients that a mapping is fitted to, and the R2 of a model on what is kept back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.notices import counted
from mappings.records.people_folds import people_folds, person_weights
from mappings.scores.layout import Layout
from mappings.scores.ridge import DEAD_STD
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT, mirrored_indices

BOUND_SLACK = 0.5
"""Share of a signal's range in the data by which its scores may leave that range: data may show little of a
signal, such as jawRight up to 0.12 only."""

Model = Callable[[Array], Array]
"""Returns coefficients (N, C) for scores (N, 52)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """N frames that a mapping is fitted to."""

    scores: Array
    """(N, 52) in MediaPipe's order."""
    targets: Array
    """(N, C) coefficients, columns as in `layout`."""
    person: Array
    """(N,) index of the person."""
    weights: Array
    """(N,) of mean 1, so that every person counts alike."""
    fold: Array
    """(N,) index of the fold; its frames are kept back together."""

    @property
    def layout(self) -> Layout:
        """The columns of the targets."""
        return Layout.of_width(self.targets.shape[1])

    @property
    def still(self) -> list[str]:
        """The signals that never move."""
        quiet = self.scores.std(axis=0) <= DEAD_STD
        return [name for name, each in zip(MEDIAPIPE_NAMES, quiet, strict=True) if each]

    def score_bounds(self) -> Array:
        """Return the least and greatest scores (2, 52) that a mapping fitted to this sample should take."""
        least, greatest = self.scores.min(axis=0), self.scores.max(axis=0)
        slack = BOUND_SLACK * (greatest - least)
        return np.clip([least - slack, greatest + slack], 0.0, 1.0)


def make_sample(scores: Array, targets: Array, person: Array, mirror: Array | None) -> Sample:
    """Return a sample of scores (N, 52) and targets (N, C), with the mirror image of each frame.

    `mirror` (C, C) is that of the coefficients; None leaves the mirror images out. Raises InputError for
    too few frames, or where no signal moves.
    """
    if len(scores) < SIGNAL_COUNT:
        raise InputError(
            f"The data hold {counted(len(scores), 'frame')}, fewer than the {SIGNAL_COUNT} signals; "
            "gather more clips."
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


def held_out_r2(sample: Sample, fit_without: Callable[[int], Model]) -> dict[str, float]:
    """Return the R2 of each group of coefficients over the folds, each kept back in turn.

        R2 = 1 - sum_i w_i |f(s_i) - y_i|^2 / sum_i w_i |m - y_i|^2

    with the model f = `fit_without(fold)`, fitted to all other folds, the weighted mean m of their targets,
    and the weights w. Groups that do not move are left out.
    """
    missed, moved = np.zeros(sample.targets.shape[1]), np.zeros(sample.targets.shape[1])
    for fold in np.unique(sample.fold):
        out = sample.fold == fold
        weights = sample.weights[out]
        mean = np.average(sample.targets[~out], axis=0, weights=sample.weights[~out])
        missed += weights @ (fit_without(fold)(sample.scores[out]) - sample.targets[out]) ** 2
        moved += weights @ (mean - sample.targets[out]) ** 2
    return {
        name: float(1.0 - missed[columns].sum() / moved[columns].sum())
        for name, columns in sample.layout.groups.items()
        if moved[columns].sum() > 1e-12
    }


def _levelled(scores: Array) -> Array:
    """Return scores (N, 52) with the same level on both sides where neither side ever moves.

    Exchanged by the mirror image, two different levels would look like a signal that moves.
    """
    other = mirrored_indices()
    still = scores.std(axis=0) <= DEAD_STD
    level = scores.mean(axis=0)
    return np.where(still & still[other], 0.5 * (level + level[other]), scores)

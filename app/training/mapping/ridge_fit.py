"""Fit the linear part of a mapping, its regularisation chosen on people that it was not fitted to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from app.training.mapping.sample import Model, Sample, held_out_r2
from mappings.scores.ridge import Linear, Moments

STRENGTHS = tuple(10.0**power for power in np.arange(-4.0, 1.6, 0.5))
"""Regularisation strengths that are tried."""


@dataclass(frozen=True, slots=True)
class RidgeFit:
    """The regressions on all frames and on all folds but one, with the strengths that did best."""

    strengths: dict[str, float]
    """Best strength of each group of coefficients."""
    held_out_r2: dict[str, float]
    """R2 of each group of coefficients on what was kept back."""
    folds: Mapping[int, Linear]
    """The regression without each fold."""
    whole: Linear
    """The regression on all frames."""


def fit_ridge(sample: Sample) -> RidgeFit:
    """Return the ridge regression of a sample, each group of coefficients with a strength of its own."""
    moments = {}
    for fold in np.unique(sample.fold):
        own = sample.fold == fold
        moments[fold] = Moments.of(sample.scores[own], sample.targets[own], sample.weights[own])
    without = {
        fold: reduce(add, (each for other, each in moments.items() if other != fold)) for fold in moments
    }
    tried = {strength: _held_out(sample, without, strength) for strength in STRENGTHS}
    moving = next(iter(tried.values()))
    best = {group: max(STRENGTHS, key=lambda strength: tried[strength][group]) for group in moving}
    return RidgeFit(
        strengths=best,
        held_out_r2={group: tried[strength][group] for group, strength in best.items()},
        folds={fold: _combined(each, best, sample) for fold, each in without.items()},
        whole=_combined(reduce(add, moments.values()), best, sample),
    )


def _held_out(sample: Sample, without: Mapping[int, Moments], strength: float) -> dict[str, float]:
    """Return the R2 by group of regressions of one strength on what was kept back."""

    def fit_without(fold: int) -> Model:
        return without[fold].ridge(strength)

    return held_out_r2(sample, fit_without)


def _combined(moments: Moments, strengths: Mapping[str, float], sample: Sample) -> Linear:
    """Return one regression in which each group of columns has its own strength."""
    matrix = np.zeros(moments.products.shape)
    intercept = moments.targets / moments.weight
    groups = sample.layout.groups
    for group, strength in strengths.items():
        columns = groups[group]
        part = moments.ridge(strength)
        matrix[:, columns], intercept[columns] = part.matrix[:, columns], part.intercept[columns]
    return Linear(matrix, intercept)

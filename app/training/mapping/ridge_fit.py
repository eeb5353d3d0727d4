"""Fit the linear part of a mapping, its regularisation chosen on people that it was not fitted to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from app.training.mapping.held_out import held_out_r2
from app.training.mapping.sample import Sample
from mappings.scores.ridge import Linear, Moments

STRENGTHS = tuple(10.0**power for power in np.arange(-4.0, 1.6, 0.5))


@dataclass(frozen=True, slots=True)
class RidgeFit:
    """Hold regressions on all frames and without each fold, with the strengths that did best."""

    strengths: dict[str, float]
    """By group of coefficients."""
    held_out_r2: dict[str, float]
    folds: Mapping[int, Linear]
    """Without the fold, for what builds on it."""
    whole: Linear


def fit_ridge(sample: Sample) -> RidgeFit:
    """Return the ridge regression of a sample, each group of coefficients with a strength of its own."""
    rows = {fold: sample.fold == fold for fold in np.unique(sample.fold)}
    moments = {
        fold: Moments.of(sample.scores[own], sample.targets[own], sample.weights[own])
        for fold, own in rows.items()
    }
    without = {
        fold: reduce(add, (each for other, each in moments.items() if other != fold)) for fold in moments
    }
    tried = {
        strength: held_out_r2(sample, lambda fold, strength=strength: without[fold].ridge(strength))  # type: ignore[misc]
        for strength in STRENGTHS
    }
    moving = next(iter(tried.values()))
    best = {group: max(STRENGTHS, key=lambda strength: tried[strength][group]) for group in moving}
    return RidgeFit(
        strengths=best,
        held_out_r2={group: tried[strength][group] for group, strength in best.items()},
        folds={fold: _combined(each, best, sample) for fold, each in without.items()},
        whole=_combined(reduce(add, moments.values()), best, sample),
    )


def _combined(moments: Moments, strengths: Mapping[str, float], sample: Sample) -> Linear:
    """Return one regression whose groups of columns have strengths of their own."""
    matrix = np.zeros(moments.products.shape)
    intercept = moments.targets / moments.weight
    for group, strength in strengths.items():
        columns = sample.groups[group]
        part = moments.ridge(strength)
        matrix[:, columns], intercept[columns] = part.matrix[:, columns], part.intercept[columns]
    return Linear(matrix, intercept)

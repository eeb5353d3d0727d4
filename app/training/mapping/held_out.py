"""How well a model does on what was kept back from its fit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.training.mapping.sample import Sample
from flame_model.arrays import Array

Model = Callable[[Array], Array]
"""Coefficients (N, C) for scores (N, 52)."""


def held_out_r2(sample: Sample, fit_without: Callable[[int], Model]) -> dict[str, float]:
    """Return the explained share of the variance by group of coefficients, over folds kept back in turn.

    `fit_without` fits to all folds but one. Below 0 the mean of the others would do better; groups that
    do not move are left out.
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
        for name, columns in sample.groups.items()
        if moved[columns].sum() > 1e-12
    }

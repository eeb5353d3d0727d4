"""Divide frames into folds by person, so that a model is judged on people that it was not fitted to."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array

MOST_FOLDS = 10
"""Most folds; with fewer people there is one for each."""
BLOCKS = 5
"""Stretches of time that are the folds where the data show one person."""


def people_folds(person: Array) -> Array:
    """Return the fold (N,) of each frame, counted from 0; all frames of one `person` (N,) are in one fold.

    Frames of a single person are divided into stretches of time, since successive frames are alike.
    """
    people, index = np.unique(person, return_inverse=True)
    if len(people) == 1:
        return np.arange(len(person)) * BLOCKS // len(person)
    if len(people) <= MOST_FOLDS:
        return np.asarray(index)
    # The person with the most frames goes first, each to the fold that has the fewest so far.
    counts = np.bincount(index)
    sizes, fold_of = np.zeros(MOST_FOLDS), np.zeros(len(people), dtype=np.intp)
    for each in np.argsort(-counts, kind="stable"):
        fold_of[each] = sizes.argmin()
        sizes[fold_of[each]] += counts[each]
    return np.asarray(fold_of[index])


def person_weights(person: Array) -> Array:
    """Return weights (N,) of mean 1 by which every person counts alike, whatever their number of frames."""
    _, index, counts = np.unique(person, return_inverse=True, return_counts=True)
    return np.asarray(len(person) / (len(counts) * counts[index]))

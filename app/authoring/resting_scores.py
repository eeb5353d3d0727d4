"""Measure the scores of faces at rest; each calm picture and each clip's calm frames count as one person."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.evaluating.rest_frames import EXPRESSIVE
from flame_model.arrays import Float64Array
from flame_model.builtin.measure import TrackedGroup
from mappings.signals import mirrored_indices, signals_named

CALM = 1.2
"""Sum of the EXPRESSIVE scores below which a face counts as resting; a fifth of the pictures are below it."""
OPEN = 0.4
"""eyeBlink below which an eye counts as open."""

_BLINKS = signals_named("eyeBlink")


def resting_scores(groups: Iterable[TrackedGroup]) -> tuple[Float64Array, int]:
    """Return the median scores (52,) of faces at rest, made symmetric, and the number of people."""
    people: list[Float64Array] = []
    for group in groups:
        scores = group.scores
        calm = scores[(scores[:, EXPRESSIVE].sum(1) < CALM) & (scores[:, _BLINKS] < OPEN).all(1)]
        if len(calm):
            people.extend(calm if group.several_people else [np.median(calm, axis=0)])
    rest = np.median(people, axis=0)
    return 0.5 * (rest + rest[mirrored_indices()]), len(people)

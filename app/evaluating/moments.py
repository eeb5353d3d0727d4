"""The moments of a clip at which a head's face was farthest from the person's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.evaluating.playing import Played
from app.evaluating.round_trip import paired, scores_of
from mappings.signals import MEDIAPIPE_NAMES

MOMENTS = 3
APART_S = 0.5
"""Two moments nearer to each other would show the same thing."""
SIGNALS = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """Hold one frame and the scores that differ most in it."""

    frame: int
    time_s: float
    error: float
    """Mean absolute difference of the 52 scores."""
    differences: tuple[tuple[str, float, float], ...]
    """Signal, score of the person, score of the head."""


def worst_moments(played: Played) -> list[Moment]:
    """Return up to MOMENTS moments, the worst first, APART_S from each other."""
    person, head = played.clip.person.observations, played.head.observations
    both = [k for k, (a, b) in enumerate(zip(person, head, strict=True)) if a is not None and b is not None]
    pairs = paired(person, head)
    driven, read = (scores_of([pair[side] for pair in pairs]) for side in (0, 1))
    errors = np.abs(driven - read).mean(axis=1)
    chosen: list[Moment] = []
    for row in np.argsort(-errors, kind="stable"):
        time_s = float(played.clip.times[both[row]])
        if all(abs(time_s - other.time_s) >= APART_S for other in chosen):
            differing = np.argsort(-np.abs(driven[row] - read[row]))[:SIGNALS]
            scores = tuple(
                (MEDIAPIPE_NAMES[k], float(driven[row, k]), float(read[row, k])) for k in differing
            )
            chosen.append(Moment(both[row], time_s, float(errors[row]), scores))
        if len(chosen) == MOMENTS:
            break
    return chosen

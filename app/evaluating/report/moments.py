"""The moments of a clip at which a head's face was farthest from the person's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.evaluating.driving import DrivenClip
from app.evaluating.round_trip import scores_of
from mappings.frames import FaceObservation
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
    """Mean absolute difference of the 52 scores; infinite where no face was found on the head."""
    differences: tuple[tuple[str, float, float], ...]
    """Signal, score of the person, score of the head; none where no face was found on the head."""


def worst_moments(driven: DrivenClip) -> list[Moment]:
    """Return up to MOMENTS moments, the worst first, APART_S from each other."""
    person, head = driven.clip.person.observations, driven.head.observations
    moments = [
        _moment(frame, float(time_s), a, b)
        for frame, (time_s, a, b) in enumerate(zip(driven.clip.times, person, head, strict=True))
        if a is not None
    ]
    chosen: list[Moment] = []
    for moment in sorted(moments, key=lambda each: -each.error):
        if all(abs(moment.time_s - other.time_s) >= APART_S for other in chosen):
            chosen.append(moment)
        if len(chosen) == MOMENTS:
            break
    return chosen


def _moment(frame: int, time_s: float, person: FaceObservation, head: FaceObservation | None) -> Moment:
    """Return what is to be said of one frame."""
    if head is None:
        return Moment(frame, time_s, np.inf, ())
    driven, read = scores_of([person, head])
    apart = np.abs(driven - read)
    differing = np.argsort(-apart, kind="stable")[:SIGNALS]
    scores = tuple((MEDIAPIPE_NAMES[k], float(driven[k]), float(read[k])) for k in differing)
    return Moment(frame, time_s, float(apart.mean()), scores)

"""Find the moments of a clip at which the head's scores differ most from the person's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.evaluating.driving import DrivenClip
from app.evaluating.round_trip import scores_of
from mappings.frames import FaceObservation
from mappings.signals import MEDIAPIPE_NAMES

MOMENTS = 3
"""Number of moments that are shown of each variant."""
APART_S = 0.5
"""Least time between two moments, which would otherwise show the same expression."""
SIGNALS = 3
"""Number of signals that are named for each moment."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame with the scores that differ most in it."""

    frame: int
    time_s: float
    error: float
    """Mean absolute difference of the 52 scores; infinite where no face was found on the head."""
    differences: tuple[tuple[str, float, float], ...]
    """(signal, score of the person, score of the head); empty where no face was found on the head."""


def worst_moments(driven: DrivenClip) -> list[Moment]:
    """Return up to MOMENTS moments, the worst first, at least APART_S apart."""
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
    """Return the moment of one frame."""
    if head is None:
        return Moment(frame, time_s, np.inf, ())
    of_person, of_head = scores_of([person, head])
    apart = np.abs(of_person - of_head)
    most = np.argsort(-apart, kind="stable")[:SIGNALS]
    differences = tuple((MEDIAPIPE_NAMES[k], float(of_person[k]), float(of_head[k])) for k in most)
    return Moment(frame, time_s, float(apart.mean()), differences)

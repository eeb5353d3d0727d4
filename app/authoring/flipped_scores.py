"""Measure how uneven the tracker's scores are: on pictures of people, and on the same pictures flipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar

from app.authoring.footage import bundle_in, clips_in
from app.sources import open_source
from flame_model.arrays import Array, Float64Array
from mappings.evenness import shifted
from mappings.frames import Frame
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT, mirrored_indices
from mappings.tracking.tracker import FaceTracker

EVERY, MOST = 12, 25
"""Every how many frames of a clip one counts, and how many at most."""
_REACH = 2.5
"""Largest unevenness that is searched for."""
Scores = tuple[Float64Array, Float64Array]
"""Scores (N, 52) of N pictures of one person, and those of the flipped pictures."""


def flipped_scores(data: Path) -> list[Scores]:
    """Return the scores of each clip in `data`/clips in which a face is found, as single pictures."""
    people = (_flipped_scores(clip, bundle_in(data)) for clip in clips_in(data))
    return [each for each in people if len(each[0])]


def unevenness(people: Sequence[Scores]) -> list[tuple[str, float, float, float]]:
    """Return name, unevenness u and errors of each signal of the left side that the footage shows.

    u minimises, over both directions and with every person alike,

        E(u) = mean of (y'_j - y_k shifted by u)^2 + (y'_k - y_j shifted by -u)^2

    (see `mappings.evenness`). The errors are the roots of E(0) / 2 and, for each person by the u of the
    others, of E(u) / 2.
    """
    rows = []
    for signal, partner in enumerate(mirrored_indices()):
        if signal < partner and max(_error(each, signal, 0.0) for each in people) > 0.0:
            others = [[*people[:k], *people[k + 1 :]] for k in range(len(people))]
            left_out = [
                _error(person, signal, _best(rest, signal))
                for person, rest in zip(people, others, strict=True)
            ]
            plain = [_error(person, signal, 0.0) for person in people]
            before, after = (float(np.sqrt(0.5 * np.mean(each))) for each in (plain, left_out))
            rows.append((MEDIAPIPE_NAMES[signal], _best(people, signal), before, after))
    return rows


def _best(people: Sequence[Scores], signal: int) -> float:
    def error(by: float) -> float:
        return float(np.mean([_error(person, signal, by) for person in people]))

    return float(minimize_scalar(error, bounds=(-_REACH, _REACH), method="bounded").x)


def _error(person: Scores, signal: int, by: float) -> float:
    """Return E(u) of one person at u = `by`, for a signal of the left side."""
    sides = [signal, int(mirrored_indices()[signal])]
    uneven = np.zeros(SIGNAL_COUNT)
    uneven[sides] = by, -by
    straight, flipped = person
    expected = shifted(straight[:, mirrored_indices()], uneven)
    return float(((flipped - expected)[:, sides] ** 2).mean(axis=0).sum())


def _flipped_scores(clip: Path, bundle: Path) -> Scores:
    with open_source(str(clip), live=False) as source, FaceTracker(bundle) as tracker:
        pairs = list(islice(_observed_pairs(source.frames(), tracker), MOST))
    both = np.array(pairs, dtype=np.float64).reshape(-1, 2, SIGNAL_COUNT)
    return both[:, 0], both[:, 1]


def _observed_pairs(frames: Iterator[Frame], tracker: FaceTracker) -> Iterator[tuple[Array, Array]]:
    """Yield the scores (52,) of frames and of the flipped frames."""
    for frame in islice(frames, 0, None, EVERY):
        seen = []
        for image in (frame.image, np.ascontiguousarray(frame.image[:, ::-1])):
            tracker.reset()
            seen.append(tracker.observe(Frame(frame.index, frame.time_s, image)))
        if seen[0] is not None and seen[1] is not None:
            yield seen[0].scores, seen[1].scores

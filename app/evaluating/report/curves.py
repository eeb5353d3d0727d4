"""Make the report's curves: scores and shapes over a clip, of the person and of every driven head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.evaluating.evaluation import Result
from app.evaluating.round_trip import EYE, MOUTH, Observations, ratios
from flame_model.arrays import Float64Array
from mappings.signals import MEDIAPIPE_INDEX

HEIGHT = 100
"""Height of a curve's box in the drawing's units; a frame is one unit wide."""
_LEAST_TOP = 0.2
"""Smallest value at the upper edge, so that small curves do not fill the whole height; chosen by eye."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The curves of one signal or shape over a clip."""

    signal: str
    correlations: tuple[float, ...]
    """One for each variant; NaN where the head was never found."""
    top: float
    """Value at the upper edge of the box; the lower edge is 0."""
    person: str
    """The person's curve as an SVG path."""
    heads: tuple[str, ...]
    """The SVG path of each variant."""


def panels(results: Sequence[Result]) -> Iterator[Panel]:
    """Yield panels of one clip for the results of its variants: eyes, mouth, then every score that moves."""
    person = results[0].driven.clip.person.observations
    heads = [result.driven.head.observations for result in results]
    for name, columns in ((EYE, [0, 1]), (MOUTH, [2])):
        curves = [_shape(head, columns) for head in heads]
        eyes = name == EYE
        known = tuple(r.trip.eye_aperture if eyes else r.trip.mouth_opening for r in results)
        yield _panel(name, known, _shape(person, columns), curves)
    for name in results[0].trip.correlations:
        curves = [_score(head, name) for head in heads]
        known = tuple(result.trip.correlations.get(name, np.nan) for result in results)
        yield _panel(name, known, _score(person, name), curves)


def _panel(name: str, known: tuple[float, ...], person: Float64Array, heads: list[Float64Array]) -> Panel:
    highest = np.fmax.reduce(np.concatenate([person, *heads]), initial=_LEAST_TOP)
    top = float(highest)
    return Panel(name, known, top, _path(person, top), tuple(_path(head, top) for head in heads))


def _score(observations: Observations, name: str) -> Float64Array:
    """Return one score over time (N,), NaN where no face was found."""
    column = MEDIAPIPE_INDEX[name]
    return np.array(
        [np.nan if each is None else each.scores[column] for each in observations], dtype=np.float64
    )


def _shape(observations: Observations, columns: list[int]) -> Float64Array:
    """Return the mean of some columns of `ratios` over time (N,), NaN where no face was found."""
    found = [index for index, each in enumerate(observations) if each is not None]
    values = np.full(len(observations), np.nan)
    if found:
        values[found] = ratios([each for each in observations if each is not None])[:, columns].mean(axis=1)
    return values


def _path(values: Float64Array, top: float) -> str:
    """Return an SVG path over the frames, interrupted where a value is NaN."""
    words, pen_down = [], False
    for frame, value in enumerate(values):
        if np.isnan(value):
            pen_down = False
            continue
        words.append(f"{'L' if pen_down else 'M'}{frame} {HEIGHT * (1.0 - value / top):.0f}")
        pen_down = True
    return "".join(words)

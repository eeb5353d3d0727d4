"""Curves over a clip, as the report draws them: what was read on the person and on the heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.evaluating.evaluation import Result
from app.evaluating.round_trip import EYE, MOUTH, Seen, ratios
from flame_model.arrays import Float64Array
from mappings.signals import MEDIAPIPE_INDEX

HEIGHT = 100
"""Of a curve's box, in the drawing's units; one unit of its width is a frame."""
_LEAST_TOP = 0.2
"""Scores smaller than this would be drawn as if they were large."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Hold one signal's curves over a clip."""

    signal: str
    correlations: tuple[float, ...]
    """By variant, NaN where the head was never seen."""
    top: float
    """Value at the upper edge; the lower edge is 0."""
    person: str
    """Path of the person's curve in SVG's words."""
    heads: tuple[str, ...]
    """By variant."""


def panels(results: Sequence[Result]) -> Iterator[Panel]:
    """Yield the shape of eyes and mouth, then every moving score, for one clip's results by variant."""
    person = results[0].driven.clip.person.observations
    heads = [result.driven.head.observations for result in results]
    for name, columns in ((EYE, [0, 1]), (MOUTH, [2])):
        read = [_shape(head, columns) for head in heads]
        eyes = name == EYE
        known = tuple(r.trip.eye_aperture if eyes else r.trip.mouth_opening for r in results)
        yield _panel(name, known, _shape(person, columns), read)
    for name in results[0].trip.correlations:
        read = [_score(head, name) for head in heads]
        known = tuple(result.trip.correlations.get(name, np.nan) for result in results)
        yield _panel(name, known, _score(person, name), read)


def _panel(name: str, known: tuple[float, ...], person: Float64Array, heads: list[Float64Array]) -> Panel:
    highest = np.fmax.reduce(np.concatenate([person, *heads]), initial=_LEAST_TOP)
    top = float(highest)
    return Panel(name, known, top, _path(person, top), tuple(_path(head, top) for head in heads))


def _score(seen: Seen, name: str) -> Float64Array:
    """Return (N,) one score, NaN where no face was found."""
    column = MEDIAPIPE_INDEX[name]
    return np.array([np.nan if each is None else each.scores[column] for each in seen], dtype=np.float64)


def _shape(seen: Seen, columns: list[int]) -> Float64Array:
    """Return (N,) the mean of some aspect ratios, NaN where no face was found."""
    found = [index for index, each in enumerate(seen) if each is not None]
    values = np.full(len(seen), np.nan)
    if found:
        values[found] = ratios([each for each in seen if each is not None])[:, columns].mean(axis=1)
    return values


def _path(values: Float64Array, top: float) -> str:
    """Return an SVG path over the frames, broken where a value is missing."""
    words, pen_down = [], False
    for frame, value in enumerate(values):
        if np.isnan(value):
            pen_down = False
            continue
        words.append(f"{'L' if pen_down else 'M'}{frame} {HEIGHT * (1.0 - value / top):.0f}")
        pen_down = True
    return "".join(words)

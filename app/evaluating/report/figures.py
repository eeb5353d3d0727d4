"""The figures of an evaluation: their names, meanings, number formats and which direction is better."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from app.evaluating.evaluation import Result

UNKNOWN_TEXT = "-"
"""Text of a figure that is not known."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that is computed from a result."""

    name: str
    meaning: str
    form: str
    """A format specification, such as ".3f"."""
    of: Callable[[Result], float]
    more_is_better: bool = False

    def mean(self, results: Iterable[Result]) -> float:
        """Return the mean over the results in which it is known; NaN where it is known in none."""
        values = [value for result in results if not np.isnan(value := self.of(result))]
        return float(np.mean(values)) if values else float("nan")

    def write(self, value: float) -> str:
        """Return a value as text, UNKNOWN_TEXT for NaN."""
        return UNKNOWN_TEXT if np.isnan(value) else format(value, self.form)


FIGURES = (
    Figure("r", "mean correlation of the scores that move", ".3f", lambda r: r.trip.correlation, True),
    Figure("error", "mean absolute difference of the 52 scores", ".4f", lambda r: r.trip.error),
    Figure("eyes r", "correlation of the eyes' aperture", ".3f", lambda r: r.trip.eye_aperture, True),
    Figure("mouth r", "correlation of the mouth's opening", ".3f", lambda r: r.trip.mouth_opening, True),
    Figure("width r", "correlation of the mouth's width", ".3f", lambda r: r.trip.mouth_width, True),
    Figure("pose °", "median angle between the turns of person and head", ".2f", lambda r: r.trip.pose_deg),
    Figure(
        "seen",
        "share of frames in which the head is found too",
        ".3f",
        lambda r: r.trip.seen,
        True,
    ),
    Figure(
        "jitter mm",
        "distance that lips and lids move per frame while the person does not move",
        ".3f",
        lambda r: r.measures.jitter_mm,
    ),
    Figure(
        "lag ms",
        "delay by smoothing: largest of lips, lids, turn",
        ".1f",
        lambda r: r.measures.slowest_ms,
    ),
    Figure(
        "bias mm",
        "distance of lips, lids and brows from rest while the person rests, after setting neutral",
        ".2f",
        lambda r: r.measures.bias_mm,
    ),
    Figure(
        "asymmetry mm",
        "distance of lips, lids and brows from those that the mirrored person gives",
        ".3f",
        lambda r: r.measures.asymmetry_mm,
    ),
    Figure(
        "out of range",
        "share of coefficients, jaw angles and lids outside their ranges",
        ".1%",
        lambda r: r.measures.out_of_range,
    ),
)


def header() -> list[str]:
    """Return the names of all figures."""
    return [figure.name for figure in FIGURES]


def cells(results: Iterable[Result]) -> list[str]:
    """Return all figures as text, each the mean over `results`."""
    every = list(results)
    return [figure.write(figure.mean(every)) for figure in FIGURES]

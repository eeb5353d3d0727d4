"""The numbers of an evaluation as a table: their names, how they are written, and which way is better."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from app.evaluating.evaluation import Result

UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """Describe one number of a result."""

    name: str
    meaning: str
    form: str
    """As `format` takes it."""
    of: Callable[[Result], float]
    more_is_better: bool = False

    def mean(self, results: Iterable[Result]) -> float:
        """Return the mean over the clips that tell it; NaN where none does."""
        values = [value for result in results if not np.isnan(value := self.of(result))]
        return float(np.mean(values)) if values else float("nan")

    def write(self, value: float) -> str:
        """Return the number as it is shown."""
        return UNKNOWN if np.isnan(value) else format(value, self.form)


FIGURES = (
    Figure("r", "correlation of the scores that move", ".3f", lambda r: r.trip.correlation, True),
    Figure("error", "mean absolute difference of the 52 scores", ".4f", lambda r: r.trip.error),
    Figure("eyes r", "correlation of the eyes' aperture", ".3f", lambda r: r.trip.eye_aperture, True),
    Figure("mouth r", "correlation of the mouth's opening", ".3f", lambda r: r.trip.mouth_opening, True),
    Figure("width r", "correlation of the mouth's width", ".3f", lambda r: r.trip.mouth_width, True),
    Figure("pose °", "median angle between the turns of person and head", ".2f", lambda r: r.trip.pose_deg),
    Figure("seen", "share of frames in which the head is found too", ".3f", lambda r: r.trip.seen, True),
    Figure(
        "jitter mm",
        "lips and lids, frame to frame, of a person who does not move",
        ".3f",
        lambda r: r.measures.jitter_mm,
    ),
    Figure("lag ms", "slowest of lips, lids and turn", ".1f", lambda r: r.measures.slowest_ms),
    Figure(
        "bias mm",
        "from the head's rest while the person rests, neutral set",
        ".2f",
        lambda r: r.measures.bias_mm,
    ),
    Figure("asymmetry mm", "from what the mirrored person gives", ".3f", lambda r: r.measures.asymmetry_mm),
    Figure(
        "out of range", "share of coefficients, jaw angles and lids", ".1%", lambda r: r.measures.out_of_range
    ),
)


def header() -> list[str]:
    """Return the figures' names."""
    return [figure.name for figure in FIGURES]


def cells(results: Iterable[Result]) -> list[str]:
    """Return the figures, each the mean over `results`."""
    shown = list(results)
    return [figure.write(figure.mean(shown)) for figure in FIGURES]

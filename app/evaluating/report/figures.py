"""The figures of an evaluation by its two judges: their names, meanings, number formats and ideal values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.evaluating.appearance.face_lengths import LEFT_EYE, LIP_GAP, RIGHT_EYE
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
    ideal: float = 0.0
    """The value of a head that does exactly what the person did."""

    def mean(self, results: Iterable[Result]) -> float:
        """Return the mean over the results in which it is known; NaN where it is known in none."""
        values = [value for result in results if not np.isnan(value := self.of(result))]
        return float(np.mean(values)) if values else float("nan")

    def write(self, value: float) -> str:
        """Return a value as text, UNKNOWN_TEXT for NaN."""
        return UNKNOWN_TEXT if np.isnan(value) else format(value, self.form)


SCORES = (
    Figure("r", "mean correlation of the scores that move", ".3f", lambda r: r.trip.correlation, 1.0),
    Figure("error", "mean absolute difference of the 52 scores", ".4f", lambda r: r.trip.error),
    Figure("eyes r", "correlation of the eyes' aperture", ".3f", lambda r: r.trip.eye_aperture, 1.0),
    Figure("mouth r", "correlation of the mouth's opening", ".3f", lambda r: r.trip.mouth_opening, 1.0),
    Figure("width r", "correlation of the mouth's width", ".3f", lambda r: r.trip.mouth_width, 1.0),
    Figure("pose °", "median angle between the turns of person and head", ".2f", lambda r: r.trip.pose_deg),
    Figure("seen", "share of frames in which the head is found too", ".3f", lambda r: r.trip.seen, 1.0),
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
"""Of the first judge, which compares scores, and of the head's own motion."""

APPEARANCE = (
    Figure(
        "turn °",
        "median angle between the turns of person and head as they appear",
        ".2f",
        lambda r: r.appearance.turn_deg,
    ),
    Figure("lips err", "difference of the lip gap", ".4f", lambda r: r.appearance.error(LIP_GAP)),
    Figure("lips gain", "gain of the lip gap", ".2f", lambda r: r.appearance.gain(LIP_GAP), 1.0),
    Figure(
        "eyes err",
        "difference of the eyes' apertures",
        ".4f",
        lambda r: r.appearance.error(LEFT_EYE, RIGHT_EYE),
    ),
    Figure(
        "eyes apart",
        "difference of (left minus right eye's aperture)",
        ".4f",
        lambda r: r.appearance.eyes_apart,
    ),
    Figure("mean err", "mean difference of all lengths", ".4f", lambda r: r.appearance.error()),
    Figure(
        "gain off",
        "mean factor by which the gains of all moving lengths are off",
        ".3f",
        lambda r: r.appearance.gain_off,
        1.0,
    ),
    Figure(
        "centre",
        "distance of the head's face from the middle of its picture",
        ".3f",
        lambda r: r.appearance.framing.centre,
    ),
    Figure(
        "out of frame",
        "share of frames in which forehead or chin leave the picture",
        ".1%",
        lambda r: r.appearance.framing.out_of_frame,
    ),
)
"""Of the second judge, which compares apparent turns, and lengths in distances between the eyes."""

JUDGES = (SCORES, APPEARANCE)
FIGURES = (*SCORES, *APPEARANCE)


def header(figures: Sequence[Figure]) -> list[str]:
    """Return the names of figures."""
    return [figure.name for figure in figures]


def cells(figures: Sequence[Figure], results: Iterable[Result]) -> list[str]:
    """Return figures as text, each the mean over `results`."""
    every = list(results)
    return [figure.write(figure.mean(every)) for figure in figures]

"""How much each report counts in the least-squares problem of the response solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array, Int64Array
from flame_model.face.topology import LEFT_BROW, RIGHT_BROW
from mappings.response.links import ANGLE_COUNT
from mappings.response.response import Reports
from mappings.signals import SIGNAL_COUNT

_COST_UNIT = 0.05
"""Error of a score that the weights of landmarks and apertures are compared with."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the cost; an error of 1 in a score costs `scores`. Chosen by trial."""

    scores: float = 1.0
    angles: float = 100.0
    """Weight of an error of one radian in an angle."""
    points_mm: float = 0.75
    """Error of a landmark of mouth or chin, millimetres, that costs as much as 0.05 in one score."""
    brows_mm: float = 0.42
    """The same for a landmark of a brow: brows move less than mouths."""
    mouth: float = 0.003
    """Error of the mouth's aperture, eye distances, that costs as much as 0.05 in one score."""
    eyes: float = 0.001
    """The same for an eye's aperture."""
    depth: float = 0.3
    """Factor of a landmark's error in depth, where errors in height and width have the factor 1."""
    people: float = 0.008
    """Weight of the squared Mahalanobis distance from people's faces."""
    start: float = 0.03
    """Weight of a signal's squared difference from its start; it decides what the reports leave open."""
    mouth_start: float = 0.1
    """The same for the mouth's and the jaw's signals, whose reports differ least."""

    def of_reports(self, points: Int64Array) -> Reports:
        """Return the weights of the squared errors of all reports, for the landmarks `points` (K,)."""
        brow = np.isin(points, (*LEFT_BROW, *RIGHT_BROW))
        millimetres = np.where(brow, self.brows_mm, self.points_mm)
        across = (_COST_UNIT / (millimetres / 1000.0)) ** 2
        return Reports(
            np.repeat([self.scores, self.angles], [SIGNAL_COUNT, ANGLE_COUNT]),
            np.outer(across, [1.0, 1.0, self.depth**2]).ravel(),
            (_COST_UNIT / np.array([self.mouth, self.eyes, self.eyes])) ** 2,
        )

    def of_start(self, of_mouth: Array) -> Array:
        """Return the weight of each signal's start (n,), for flags (n,) of the signals of mouth and jaw."""
        return np.where(of_mouth, self.mouth_start, self.start)


HYBRID = Weights()
"""Scores and landmarks together."""
LANDMARKS = Weights(scores=0.02, people=0.001, start=0.01, mouth_start=0.01)
"""Landmarks, with almost no weight on the scores."""

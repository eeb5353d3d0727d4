"""The least-squares problem of the response solver: the input with the report nearest to the wanted one.

For a response with the predictions y(x), p(x) and g(x) of an input x (n + 3), signals and angles in radians,
at the head's shift, wanted scores and angles y* (55,), wanted landmarks p* (3 K,) in metres, wanted apertures
g* (3,) in eye distances, and a start x0:

    min over x:  sum_i w_i (y_i(x) - y*_i)^2        w: Weights.scores and Weights.angles
               + sum_k v_k (p_k(x) - p*_k)^2        v = (0.05 / points)^2, for depth times depth^2
               + sum_l u_l (g_l(x) - g*_l)^2        u = (0.05 / mouth or eyes)^2
               + sum_j h_j (x_j - x0_j)^2           h: prior, mouth_prior, or _TURN_PRIOR for the angles
               + _PASSING max(0, x_mouthClose - x_jawOpen - LIPS_PASS)^2

    subject to   lower <= x <= upper

by Gauss-Newton: y, p and g are linearised at x, and each step is bounded (`bounded_step`). The last term is
added to a step only where the step without it violates it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from mappings.person.typical_rest import LIDS
from mappings.response.bounded_step import bounded_step
from mappings.response.links import ANGLE_COUNT
from mappings.response.response import Reports, Response
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, signals_named

SOLVED_POINTS = np.array(
    (*(61, 291, 0, 17, 37, 267, 84, 314), *(152, 148, 377), *(55, 285, 52, 282, 65, 295, 105, 334))
)
"""Landmarks of the outer lips, the chin and the brows, which show movement that the scores leave open."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the cost; an error of 1 in a score costs `scores`. Chosen by trial."""

    scores: float = 1.0
    angles: float = 100.0
    """Weight of an error of one radian in an angle."""
    points_mm: float = 0.75
    """Error of one landmark, millimetres, that costs as much as 0.05 in one score."""
    mouth: float = 0.003
    """Error of the mouth's aperture, eye distances, that costs as much as 0.05 in one score."""
    eyes: float = 0.002
    """The same for an eye's aperture."""
    depth: float = 0.3
    """Factor of a landmark's error in depth, where errors in height and width have the factor 1."""
    prior: float = 0.06
    """Weight of a signal's squared difference from its start; it decides what the report leaves open."""
    mouth_prior: float = 0.14
    """The same for the mouth's and the jaw's signals, whose reports differ least."""


HYBRID = Weights()
"""Scores and landmarks together."""
LANDMARKS = Weights(scores=0.02, prior=0.02, mouth_prior=0.02)
"""Landmarks, with almost no weight on the scores."""
STEPS = 3
"""Gauss-Newton steps from the start: one more than quadratic predictions need, because apertures bend."""
BOUNDS = (-0.03, 1.0)
"""Least and greatest value of a signal: hardly beyond the range that its shape is made for. With -0.3 and 1.3
the scores on seven clips are less than 0.001 nearer to the person's, with faces that nobody makes."""
LIPS_PASS = 0.15
"""Lead of mouthClose over jawOpen up to which lips are pressed together. Beyond it they would pass through
each other, which is tracked as a pucker: without this limit mouthClose alone at 0.8 was reported as 0.33 with
a pucker of 0.91, with it as 0.7 with hardly any."""
_PASSING = 3.0
"""Weight of the squared excess over LIPS_PASS, where the squared error of a score has the weight 1. Chosen by
trial."""
_COST_UNIT = 0.05
"""Error of a score that the weights of landmarks and apertures are compared with."""
_FREE = 9.0
"""Radians beyond any turn: the head's turn is not bounded."""
_TURN_PRIOR = 1e-3
"""Weight of an angle's squared difference from its start, in radians, just large enough to keep the problem
definite."""


class Wanted(NamedTuple):
    """The report that the tracker should make on the head."""

    report: Array
    """(55,) y*: scores, then angles in radians."""
    points: Array | None = None
    """(3 K,) p*: landmarks in metres; None where they are not known."""
    apertures: Array | None = None
    """(3,) g*: apertures in eye distances; None where they are not known."""
    shift: Array = np.zeros(3)
    """(3,) the head's place, metres from the scene's centre."""


class ResponseProblem:
    """Find the input of a response whose predicted report is nearest to the wanted one, within bounds."""

    def __init__(self, mapping: ScoreMapping, response: Response, weights: Weights) -> None:
        self._response = response
        self.lower, self.upper = _bounds(mapping, response)
        """(n + 3,) bounds of x."""
        self._weights = Reports(
            np.repeat([weights.scores, weights.angles], [SIGNAL_COUNT, ANGLE_COUNT]),
            _point_weights(response, weights),
            (_COST_UNIT / np.array([weights.mouth, weights.eyes, weights.eyes])) ** 2,
        )
        self._prior = np.append(_signal_priors(response, weights), np.full(ANGLE_COUNT, _TURN_PRIOR))
        self._closing_lead = _closing_lead(response)

    def nearest(self, start: Array, wanted: Wanted) -> Array:
        """Return x (n + 3,) after STEPS Gauss-Newton steps from `start` x0 (n + 3,)."""
        x = np.clip(start, self.lower, self.upper)
        for _ in range(STEPS):
            normal = np.diag(self._prior)
            slope = -self._prior * (x - start)
            for weights, misfit, slopes in self._misfits(x, wanted):
                weighted = slopes.T * weights
                normal += weighted @ slopes
                slope += weighted @ misfit
            x = self._step(x, normal, slope)
        return x

    def _misfits(self, x: Array, wanted: Wanted) -> Iterator[tuple[Array, Array, Array]]:
        """Yield the weights (M,), misfits (M,) and slopes (M, n + 3) of each part of the report at x."""
        predicted, slopes = self._response.predict(x, wanted.shift)
        targets = (wanted.report, wanted.points, wanted.apertures)
        for weights, target, value, slope in zip(self._weights, targets, predicted, slopes, strict=True):
            if target is not None:
                yield weights, target - value, slope

    def _step(self, x: Array, normal: Array, slope: Array) -> Array:
        """Return x after a Gauss-Newton step in which the lips do not pass through each other."""
        stepped = bounded_step(x, normal, slope, self.lower, self.upper)
        if self._closing_lead @ stepped <= LIPS_PASS:
            return stepped
        held = normal + _PASSING * np.outer(self._closing_lead, self._closing_lead)
        back = slope - _PASSING * (self._closing_lead @ x - LIPS_PASS) * self._closing_lead
        return bounded_step(x, held, back, self.lower, self.upper)


def _bounds(mapping: ScoreMapping, response: Response) -> tuple[Array, Array]:
    """Return the least and the greatest x (n + 3,); a lid's signal begins where the lid is open."""
    lower, upper = np.full(SIGNAL_COUNT, BOUNDS[0]), np.full(SIGNAL_COUNT, BOUNDS[1])
    eyelids = mapping.layout.eyelids
    for side, lid in enumerate(LIDS):
        closing = mapping.matrix[lid, eyelids][side]
        if closing > 0.0:
            lower[lid], upper[lid] = -mapping.intercept[eyelids][side] / closing, 1.0
    free = np.full(ANGLE_COUNT, _FREE)
    return np.append(lower[response.signals], -free), np.append(upper[response.signals], free)


def _signal_priors(response: Response, weights: Weights) -> Array:
    """Return the prior weight of each signal (n,)."""
    of_mouth = signals_named("mouth", "jaw")[response.signals]
    return np.where(of_mouth, weights.mouth_prior, weights.prior)


def _point_weights(response: Response, weights: Weights) -> Array:
    """Return the weights v (3 K,) of the landmarks' squared errors in metres."""
    across = (_COST_UNIT / (weights.points_mm / 1000.0)) ** 2
    return np.tile(across * np.array([1.0, 1.0, weights.depth**2]), len(response.points))


def _closing_lead(response: Response) -> Array:
    """Return the row (n + 3,) whose product with x is the lead of mouthClose over jawOpen."""
    closes, opens = (response.signals == MEDIAPIPE_INDEX[name] for name in ("mouthClose", "jawOpen"))
    return np.append(closes.astype(float) - opens, np.zeros(ANGLE_COUNT))

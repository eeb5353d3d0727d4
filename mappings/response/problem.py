"""The least-squares problem of the response solver: the input with the report nearest to the wanted one.

For a response with the predictions y(x), p(x) and g(x) of an input x (n + 3), signals and angles in radians,
at the head's shift, wanted scores and angles y* (55,), wanted landmarks p* (3 K,) in metres, wanted
apertures g* (3,) in eye distances, and a start x0:

    min over x:  sum_i w_i (y_i(x) - y*_i)^2        w: Weights.scores and Weights.angles
               + sum_k v_k (p_k(x) - p*_k)^2        v = (0.05 / points)^2, for depth times depth^2
               + sum_l u_l (g_l(x) - g*_l)^2        u = (0.05 / mouth or eyes)^2
               + people (s - m)' C^-1 (s - m)       for the signals s in x; m, C: Response.people_mean
               + sum_j h_j (x_j - x0_j)^2           h: start, mouth_start, or _TURN_PRIOR for the angles
               + _PASSING max(0, x_mouthClose - x_jawOpen - LIPS_PASS)^2

    subject to   lower <= x <= upper

by Gauss-Newton: y, p and g are linearised at x, each step is bounded (`bounded_step`), and it is halved until
the cost falls. The last term is added to a step only where the step without it violates it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from mappings.response.bounded_step import bounded_step
from mappings.response.links import ANGLE_COUNT
from mappings.response.response import Reports, Response
from mappings.response.weights import Weights
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.signal_limits import signal_limits
from mappings.signals import MEDIAPIPE_INDEX, signals_named

SOLVED_POINTS = np.array(
    (*(61, 291, 0, 17, 37, 267, 84, 314), *(152, 148, 377), *(55, 285, 52, 282, 65, 295, 105, 334))
)
"""Landmarks of the outer lips, the chin and the brows, which show movement that the scores leave open."""
STEPS = 4
"""Most Gauss-Newton steps from the start."""
HALVINGS = 3
"""Most halvings of a step: from a start at which a score is all but 1, whole steps overshoot."""
LIPS_PASS = 0.15
"""Lead of mouthClose over jawOpen up to which lips are pressed together. Beyond it they would pass through
each other, which is tracked as a pucker: without this limit mouthClose alone at 0.8 was reported as 0.33 with
a pucker of 0.91, with it as 0.7 with hardly any."""
_PASSING = 3.0
"""Weight of the squared excess over LIPS_PASS, where the squared error of a score has the weight 1. Chosen by
trial."""
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
    people: float = 1.0
    """Factor of the people's prior."""
    offset: Array | None = None
    """(n,) what is added to people's signals for this person's rest; None for nothing."""


class ResponseProblem:
    """Find the input of a response whose predicted report is nearest to the wanted one, within bounds."""

    def __init__(self, mapping: ScoreMapping, response: Response, weights: Weights) -> None:
        self._response = response
        self.lower, self.upper = _bounds(mapping, response)
        """(n + 3,) bounds of x."""
        self._weights = weights.of_reports(response.points)
        of_mouth = signals_named("mouth", "jaw")[response.signals]
        self._start_weights = np.append(weights.of_start(of_mouth), np.full(ANGLE_COUNT, _TURN_PRIOR))
        count = response.signal_count
        self._people = np.zeros((count + ANGLE_COUNT, count + ANGLE_COUNT))
        self._people[:count, :count] = weights.people * response.people_precision
        self._people_mean = np.append(response.people_mean, np.zeros(ANGLE_COUNT))
        self._closing_lead = _closing_lead(response)

    def nearest(self, start: Array, wanted: Wanted) -> Array:
        """Return x (n + 3,) after up to STEPS Gauss-Newton steps from `start` x0 (n + 3,)."""
        x = np.clip(start, self.lower, self.upper)
        predicted = self._response.predict(x, wanted.shift)
        cost = self._cost(x, start, wanted, predicted[0])
        for _ in range(STEPS):
            step = self._step(x, start, wanted, predicted)
            for share in 0.5 ** np.arange(HALVINGS + 1):
                tried = x + share * step
                # Steps are hardly ever halved, so the slopes are computed with the reports.
                predicted = self._response.predict(tried, wanted.shift)
                tried_cost = self._cost(tried, start, wanted, predicted[0])
                if tried_cost < cost:
                    break
            else:
                return x
            x, cost = tried, tried_cost
        return x

    def _cost(self, x: Array, start: Array, wanted: Wanted, reports: Reports) -> float:
        """Return the cost at x with the predicted reports there."""
        targets = (wanted.report, wanted.points, wanted.apertures)
        from_people, from_start = self._from_people(x, wanted), x - start
        passing = max(0.0, float(self._closing_lead @ x) - LIPS_PASS)
        cost = (
            wanted.people * (from_people @ self._people @ from_people) + self._start_weights @ from_start**2
        )
        for weights, target, value in zip(self._weights, targets, reports, strict=True):
            if target is not None:
                cost += weights @ (target - value) ** 2
        return float(cost + _PASSING * passing**2)

    def _from_people(self, x: Array, wanted: Wanted) -> Array:
        """Return the difference (n + 3,) from the mean of people's faces."""
        apart = x - self._people_mean
        if wanted.offset is not None:
            apart[:-ANGLE_COUNT] -= wanted.offset
        return apart

    def _misfits(
        self, wanted: Wanted, predicted: tuple[Reports, Reports]
    ) -> Iterator[tuple[Array, Array, Array]]:
        """Yield the weights (M,), misfits (M,) and slopes (M, n + 3) of each part of the predicted report."""
        targets = (wanted.report, wanted.points, wanted.apertures)
        for weights, target, value, slope in zip(self._weights, targets, *predicted, strict=True):
            if target is not None:
                yield weights, target - value, slope

    def _step(self, x: Array, start: Array, wanted: Wanted, predicted: tuple[Reports, Reports]) -> Array:
        """Return a Gauss-Newton step (n + 3,) after which the lips do not pass through each other.

        `predicted` are the reports and slopes at x.
        """
        prior = wanted.people * self._people
        normal = np.diag(self._start_weights) + prior
        slope = -self._start_weights * (x - start) - prior @ self._from_people(x, wanted)
        for weights, misfit, slopes in self._misfits(wanted, predicted):
            weighted = slopes.T * weights
            normal += weighted @ slopes
            slope += weighted @ misfit
        stepped = bounded_step(x, normal, slope, self.lower, self.upper)
        if self._closing_lead @ stepped > LIPS_PASS:
            normal += _PASSING * np.outer(self._closing_lead, self._closing_lead)
            slope -= _PASSING * (self._closing_lead @ x - LIPS_PASS) * self._closing_lead
            stepped = bounded_step(x, normal, slope, self.lower, self.upper)
        return stepped - x


def _bounds(mapping: ScoreMapping, response: Response) -> tuple[Array, Array]:
    """Return the least and the greatest x (n + 3,); the turn is not bounded."""
    lower, upper = signal_limits(mapping)[:, response.signals]
    free = np.full(ANGLE_COUNT, _FREE)
    return np.append(lower, -free), np.append(upper, free)


def _closing_lead(response: Response) -> Array:
    """Return the row (n + 3,) whose product with x is the lead of mouthClose over jawOpen."""
    closes, opens = (response.signals == MEDIAPIPE_INDEX[name] for name in ("mouthClose", "jawOpen"))
    return np.append(closes.astype(float) - opens, np.zeros(ANGLE_COUNT))

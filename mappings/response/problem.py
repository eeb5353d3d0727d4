"""The least-squares problem of the response solver: the input with the report nearest to the wanted one.

For a response with the predictions y(x) and p(x) of an input x (n + 3), signals and angles in radians, wanted
scores and angles y* (55,), wanted landmarks p* (3 K,) in metres, and a start x0:

    min over x:  sum_i w_i (y_i(x) - y*_i)^2        w: Weights.scores and Weights.angles
               + sum_k v_k (p_k(x) - p*_k)^2        v = (0.05 / lips or lids)^2, for depth times depth^2
               + sum_j h_j (x_j - x0_j)^2           h: prior, mouth_prior, or _TURN_PRIOR for the angles
               + _PASSING max(0, x_mouthClose - x_jawOpen - LIPS_PASS)^2

    subject to   lower <= x <= upper

by Gauss-Newton: y is linearised at x, and each step is bounded (`bounded_step`). The last term is added to a
step only where the step without it violates it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array
from flame_model.face.topology import EYELIDS, LIPS
from mappings.person.typical_rest import LIDS
from mappings.response.bounded_step import bounded_step
from mappings.response.response import ANGLE_COUNT, Response
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, signals_named

SOLVED_POINTS = np.array(LIPS + EYELIDS)
"""Landmarks that carry more than the scores do: with them the round trip of the mouth's opening is 0.97,
without them 0.95."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the cost; an error of 1 in a score costs `scores`. Chosen by trial."""

    scores: float = 1.0
    angles: float = 30.0
    """Weight of an error of one radian in an angle."""
    lips_mm: float = 5.0
    """Error of all lip points together (root of the sum of squares) that costs as much as 0.05 in one
    score."""
    lids_mm: float = 1.2
    """The same for all points of the lids."""
    depth: float = 0.3
    """Factor of a landmark's error in depth, where errors in height and width have the factor 1."""
    prior: float = 0.05
    """Weight of a signal's squared difference from its start; it decides what the report leaves open."""
    mouth_prior: float = 0.15
    """The same for the mouth's and the jaw's signals, whose reports differ least. With 0.05 a head that
    should roll its upper lip lowered six other signals below 0 and was tracked as a pucker; round trips are
    alike."""


HYBRID = Weights()
"""Scores and landmarks together."""
LANDMARKS = Weights(scores=0.02, prior=0.02, mouth_prior=0.02)
"""Landmarks, with almost no weight on the scores."""
STEPS = 2
"""Gauss-Newton steps from the start; a third changed nothing visible."""
BOUNDS = (-0.3, 1.3)
"""Least and greatest value of a signal: below 0 where the tracker reports more than 0 on the head at rest."""
_OTHER_BOUNDS = {
    "eyeWide": (0.0, 1.6),
    "eyeSquint": (-0.5, 1.2),
    # Below 0 these push closed lips through each other.
    "mouthUpperUp": (-0.1, 1.3),
    "mouthLowerDown": (-0.1, 1.3),
    # Below 0 it lowers chin and lip: a rolled upper lip was then tracked as an open jaw, or as a pucker.
    "mouthShrugLower": (0.0, 1.3),
}
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


class ResponseProblem:
    """Find the input of a response whose predicted report is nearest to the wanted one, within bounds."""

    def __init__(self, mapping: ScoreMapping, response: Response, weights: Weights) -> None:
        self._response = response
        self.lower, self.upper = _bounds(mapping, response)
        """(n + 3,) bounds of x."""
        self._weights = np.repeat([weights.scores, weights.angles], [SIGNAL_COUNT, ANGLE_COUNT])
        self._prior = np.append(_signal_priors(response, weights), np.full(ANGLE_COUNT, _TURN_PRIOR))
        point_weights = _point_weights(response, weights)
        slopes = response.point_linear / response.scale
        # Landmarks are linear in the unknowns: their share of the normal matrix is the same in every frame.
        self._point_slopes = (slopes * point_weights[:, None]).T
        self._point_normal = self._point_slopes @ slopes
        self._closing_lead = _closing_lead(response)

    def nearest(self, start: Array, wanted: Array, points: Array | None) -> Array:
        """Return x (n + 3,) after STEPS Gauss-Newton steps from `start` x0 (n + 3,).

        `wanted` y* (55,) are scores and angles, `points` p* (3 K,) the landmarks in metres, None where they
        are not known.
        """
        x = np.clip(start, self.lower, self.upper)
        for _ in range(STEPS):
            predicted, slopes = self._response.predict(x)
            weighted = slopes.T * self._weights
            normal = weighted @ slopes
            normal[np.diag_indices(len(x))] += self._prior
            slope = weighted @ (wanted - predicted) - self._prior * (x - start)
            if points is not None:
                normal += self._point_normal
                slope += self._point_slopes @ (points - self._response.predict_points(x))
            x = self._step(x, normal, slope)
        return x

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
    for name, index in MEDIAPIPE_INDEX.items():
        for plain, bounds in _OTHER_BOUNDS.items():
            if name.startswith(plain):
                lower[index], upper[index] = bounds
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
    lids = np.isin(response.points, EYELIDS)
    misfit_m = np.where(lids, weights.lids_mm, weights.lips_mm) / 1000.0
    point_weights = (0.05 / misfit_m) ** 2
    return np.asarray((point_weights[:, None] * np.array([1.0, 1.0, weights.depth**2])).ravel())


def _closing_lead(response: Response) -> Array:
    """Return the row (n + 3,) whose product with x is the lead of mouthClose over jawOpen."""
    closes, opens = (response.signals == MEDIAPIPE_INDEX[name] for name in ("mouthClose", "jawOpen"))
    return np.append(closes.astype(float) - opens, np.zeros(ANGLE_COUNT))

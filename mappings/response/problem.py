"""What is minimised to find what a head has to do: how far its reading is from what is wanted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array
from flame_model.face import topology as t
from mappings.person.typical_rest import LIDS
from mappings.response.bounded import bounded_step
from mappings.response.response import ANGLE_COUNT, Response
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES

LIPS = tuple(sorted({*t.OUTER_LIPS, *t.UPPER_INNER_LIP, *t.LOWER_INNER_LIP}))
EYELIDS = tuple(sorted({*t.RIGHT_UPPER_LID, *t.RIGHT_LOWER_LID, *t.LEFT_UPPER_LID, *t.LEFT_LOWER_LID}))
SOLVED_POINTS = np.array(LIPS + EYELIDS)
"""Landmarks that say more than the scores do: with them the mouth's opening is read back by 0.97, without by
0.95."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Say how far to believe what; a misfit of 1 in a score weighs 1."""

    scores: float = 1.0
    angles: float = 30.0
    """A radian of the head's turn."""
    lips_mm: float = 5.0
    """Misfit of all lip points together that weighs as much as 0.05 in one score."""
    lids_mm: float = 1.2
    depth: float = 0.3
    """Of a landmark's depth beside its height and width."""
    habit: float = 0.05
    """Difference of a signal from its score: it holds back what readings do not tell."""
    mouth_habit: float = 0.15
    """That of the mouth's and the jaw's signals, which readings tell apart worst. With 0.05 a head that was
    to roll its upper lip lowered six others below nothing and was read as a pucker; round trips are alike."""


HYBRID = Trust()
LANDMARKS = Trust(scores=0.02, habit=0.02, mouth_habit=0.02)
STEPS = 2
"""Gauss-Newton steps from the scores; a third changed nothing that can be seen."""
BOUNDS = (-0.3, 1.3)
"""A little below nothing where a head at rest reads as more than that."""
_OTHER_BOUNDS = {
    **{"eyeWide": (0.0, 1.6), "eyeSquint": (-0.5, 1.2)},
    # Less than nothing of these pushes closed lips through each other.
    **{"mouthUpperUp": (-0.1, 1.3), "mouthLowerDown": (-0.1, 1.3)},
    # Less than nothing lowers chin and lip: a rolled upper lip was read as an open jaw then, or as a pucker.
    **{"mouthShrugLower": (0.0, 1.3)},
}
LIPS_PASS = 0.15
"""By how much mouthClose may be ahead of jawOpen: so far lips are pressed together, beyond they would pass
through each other, which the tracker reads as a pucker (mouthClose alone at 0.8 was read as 0.33 and a pucker
of 0.91, now as 0.7 and hardly any)."""
_PASSING = 3.0
"""Weight of what is beyond that, a signal of 1 against a misfit of 1 in a score."""
_FREE = 9.0
"""Radians: the head's turn is not bounded."""
_TURN_HABIT = 1e-3


class ResponseProblem:
    """Find the input x (n + 3) of a response whose reading is nearest to what is wanted, within bounds."""

    def __init__(self, mapping: ScoreMapping, response: Response, trust: Trust) -> None:
        self._response = response
        self.lower, self.upper = _bounds(mapping, response)
        self._weights = np.repeat([trust.scores, trust.angles], [len(MEDIAPIPE_NAMES), ANGLE_COUNT])
        self._habit = np.append(_habits(response, trust), np.full(ANGLE_COUNT, _TURN_HABIT))
        weights = _point_weights(response, trust)
        slopes = response.point_linear / response.scale
        # Landmarks are linear in the unknowns: their share of the normal matrix is the same in every frame.
        self._point_slopes = (slopes * weights[:, None]).T
        self._point_normal = self._point_slopes @ slopes
        self._ahead = _closing_ahead(response)

    def nearest(self, start: Array, wanted: Array, points: Array | None) -> Array:
        """Return x (n + 3,), a few Gauss-Newton steps from `start`.

        `wanted` (55,) are scores and angles, `points` (3 K,) metres the landmarks, None where they are not
        known.
        """
        x = np.clip(start, self.lower, self.upper)
        for _ in range(STEPS):
            reading, slopes = self._response.read(x)
            weighted = slopes.T * self._weights
            normal = weighted @ slopes
            normal[np.diag_indices(len(x))] += self._habit
            slope = weighted @ (wanted - reading) - self._habit * (x - start)
            if points is not None:
                normal += self._point_normal
                slope += self._point_slopes @ (points - self._response.points_at(x))
            x = self._step(x, normal, slope)
        return x

    def _step(self, x: Array, normal: Array, slope: Array) -> Array:
        """Return where a Gauss-Newton step from x leads, lips held from passing through each other."""
        stepped = bounded_step(x, normal, slope, self.lower, self.upper)
        if self._ahead @ stepped <= LIPS_PASS:
            return stepped
        held = normal + _PASSING * np.outer(self._ahead, self._ahead)
        back = slope - _PASSING * (self._ahead @ x - LIPS_PASS) * self._ahead
        return bounded_step(x, held, back, self.lower, self.upper)


def _bounds(mapping: ScoreMapping, response: Response) -> tuple[Array, Array]:
    """Return the least and the greatest x (n + 3,); a lid's signal counts from where the lid is open."""
    lower, upper = np.full(len(MEDIAPIPE_NAMES), BOUNDS[0]), np.full(len(MEDIAPIPE_NAMES), BOUNDS[1])
    for name, index in MEDIAPIPE_INDEX.items():
        for plain, bounds in _OTHER_BOUNDS.items():
            if name.startswith(plain):
                lower[index], upper[index] = bounds
    eyelids = mapping.layout.eyelids
    for side, lid in enumerate(LIDS):
        closing = mapping.matrix[lid, eyelids][side]
        if closing > 0.0:
            lower[lid], upper[lid] = -mapping.intercept[eyelids][side] / closing, 1.0
    free = np.full(3, _FREE)
    return np.append(lower[response.signals], -free), np.append(upper[response.signals], free)


def _habits(response: Response, trust: Trust) -> Array:
    """Return how far each signal (n,) holds to its score."""
    of_mouth = [MEDIAPIPE_NAMES[index].startswith(("mouth", "jaw")) for index in response.signals]
    return np.where(of_mouth, trust.mouth_habit, trust.habit)


def _point_weights(response: Response, trust: Trust) -> Array:
    """Return the weights (3 K,) of squared metres."""
    lids = np.isin(response.points, EYELIDS)
    misfit_m = np.where(lids, trust.lids_mm, trust.lips_mm) / 1000.0
    weights = (0.05 / misfit_m) ** 2
    return np.asarray((weights[:, None] * np.array([1.0, 1.0, trust.depth**2])).ravel())


def _closing_ahead(response: Response) -> Array:
    """Return (n + 3,) whose product with x is by how much mouthClose is ahead of jawOpen."""
    closes, opens = (response.signals == MEDIAPIPE_INDEX[name] for name in ("mouthClose", "jawOpen"))
    return np.append(closes.astype(float) - opens, np.zeros(ANGLE_COUNT))

"""Give a head what makes the tracker read on it what it read on the person.

The unknowns are the signals that a mapping takes, so that every head with a mapping is solved alike, whatever
its components are, and the head's turn, because turn and expression leak into each other's readings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.builtin import topology as t
from flame_model.rotations import matrix_from_axis_angle
from mappings.bounded import bounded_step
from mappings.frames import FaceObservation
from mappings.head_pose import yaw_pitch_roll
from mappings.response import Response
from mappings.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES
from mappings.solver import Solved
from mappings.typical_rest import LIDS, typical_rest
from mappings.upright import upright_face

Array = npt.NDArray[Any]

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
    lids_mm: float = 2.0
    depth: float = 0.3
    """Of a landmark's depth beside its height and width."""
    habit: float = 0.05
    """Difference of a signal from its score: it holds back what readings do not tell."""


HYBRID = Trust()
LANDMARKS = Trust(scores=0.02, habit=0.02)
STEPS = 2
"""Gauss-Newton steps from the scores; a third changed nothing that can be seen."""
BOUNDS = (-0.3, 1.3)
"""A little below nothing where a head at rest reads as more than that."""
_WIDER_BOUNDS = {"eyeWide": (0.0, 1.6), "eyeSquint": (-0.5, 1.2)}
_FREE = 9.0
"""Radians: the head's turn is not bounded."""


class ResponseSolver:
    """Solve for signals and turn by least squares within bounds, a few Gauss-Newton steps from the scores.

    Source of the idea: response = what the tracker reads on renderings of the head itself; see
    `mappings.response`.
    """

    def __init__(self, mapping: ScoreMapping, response: Response, trust: Trust = HYBRID) -> None:
        self._mapping, self._response, self._trust = mapping, response, trust
        self._lower, self._upper = _bounds(mapping, response)
        self._weights = np.append(np.full(len(MEDIAPIPE_NAMES), trust.scores), np.full(3, trust.angles))
        self._habit = np.append(np.full(response.signal_count, trust.habit), np.full(3, 1e-3))
        self._point_weights = _point_weights(response, trust)
        slopes = response.point_linear / response.scale
        # Landmarks are linear in the unknowns: their share of the normal matrix is the same in every frame.
        self._point_slopes = (slopes * self._point_weights[:, None]).T
        self._point_normal = self._point_slopes @ slopes
        rest = np.append(typical_rest()[response.signals], np.zeros(3))
        self._rest_points = response.points_at(rest)

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self._mapping.expression_count

    def solve(self, observation: FaceObservation, T_stage_face: Array, neutral_face: Array | None) -> Solved:
        """Return coefficients and turn; without a neutral face the scores alone decide."""
        points = None
        if neutral_face is not None:
            moved = (upright_face(observation) - neutral_face)[self._response.points]
            points = self._rest_points + moved.ravel()
        scores = observation.scores.astype(np.float64)
        signals, turn = self._signals(scores, T_stage_face[:3, :3], T_stage_face[:3, 3], points)
        return Solved(self._mapping.coefficients(signals), turn)

    def signals_for(self, scores: Array, rotation: Array, shift: Array) -> Array:
        """Return the signals (52,) that have scores (52,) read on the head, turned (3, 3) and shifted (3,)."""
        return self._signals(scores, rotation, shift, None)[0]

    def _signals(
        self, scores: Array, rotation: Array, shift: Array, points: Array | None
    ) -> tuple[Array, Array]:
        """Return signals (52,) and turn (3, 3); the response holds up to its limits, beyond goes on alike."""
        response = self._response
        angles = np.array(yaw_pitch_roll(rotation))
        known = np.clip(angles, -response.angle_limits, response.angle_limits)
        wanted = np.append(scores, known) - response.shift_slopes @ shift
        x = self._nearest(np.append(scores[response.signals], known), wanted, points)
        signals = scores.copy()
        signals[response.signals] = x[: response.signal_count]
        return signals, _rotation(angles + x[response.signal_count :] - known)

    def _nearest(self, start: Array, wanted: Array, points: Array | None) -> Array:
        """Return the x (n + 3,) whose reading is nearest to the wanted scores, angles and points."""
        x = np.clip(start, self._lower, self._upper)
        for _ in range(STEPS):
            reading, slopes = self._response.read(x)
            weighted = slopes.T * self._weights
            normal = weighted @ slopes
            normal[np.diag_indices(len(x))] += self._habit
            slope = weighted @ (wanted - reading) - self._habit * (x - start)
            if points is not None:
                normal += self._point_normal
                slope += self._point_slopes @ (points - self._response.points_at(x))
            x = bounded_step(x, normal, slope, self._lower, self._upper)
        return x


def _bounds(mapping: ScoreMapping, response: Response) -> tuple[Array, Array]:
    """Return the least and the greatest x (n + 3,); a lid's signal counts from where the lid is open."""
    lower, upper = np.full(len(MEDIAPIPE_NAMES), BOUNDS[0]), np.full(len(MEDIAPIPE_NAMES), BOUNDS[1])
    for name, index in MEDIAPIPE_INDEX.items():
        for plain, bounds in _WIDER_BOUNDS.items():
            if name.startswith(plain):
                lower[index], upper[index] = bounds
    for side, lid in enumerate(LIDS):
        closing = mapping.matrix[lid, side - 2]
        if closing > 0.0:
            lower[lid], upper[lid] = -mapping.intercept[side - 2] / closing, 1.0
    free = np.full(3, _FREE)
    return np.append(lower[response.signals], -free), np.append(upper[response.signals], free)


def _point_weights(response: Response, trust: Trust) -> Array:
    """Return the weights (3 K,) of squared metres."""
    lids = np.isin(response.points, EYELIDS)
    misfit_m = np.where(lids, trust.lids_mm, trust.lips_mm) / 1000.0
    weights = (0.05 / misfit_m) ** 2
    return np.asarray((weights[:, None] * np.array([1.0, 1.0, trust.depth**2])).ravel())


def _rotation(angles: Array) -> Array:
    """Return the rotation (3, 3) of yaw, pitch and roll (3,), as `yaw_pitch_roll` takes it apart."""
    yaw, pitch, roll = matrix_from_axis_angle(np.eye(3)[[1, 0, 2]] * angles[:, None])
    return np.asarray(yaw @ pitch @ roll)

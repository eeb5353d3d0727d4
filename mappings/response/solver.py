"""Give a head what makes the tracker read on it what it read on the person.

The unknowns are the signals that a mapping takes, so that every head with a mapping is solved alike, whatever
its components are, and the head's turn, because turn and expression leak into each other's readings.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from flame_model.rotations import matrix_from_yaw_pitch_roll, yaw_pitch_roll
from mappings.frames import FaceObservation
from mappings.person.typical_rest import typical_rest
from mappings.person.upright import upright_face
from mappings.response.problem import HYBRID, ResponseProblem, Trust
from mappings.response.response import ANGLE_COUNT, Response
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import Solved
from mappings.signals import MEDIAPIPE_NAMES

_TURN_ROUNDS = 4
"""Of finding the turn that is read as wanted; each leaves a fifth of what was missing."""


class _Rest(NamedTuple):
    """Hold what a person's typical rest is on the head."""

    offset: Array
    """(n,) what is added to the scores for a start."""
    reading_offset: Array
    """(55,) what is added to scores and angles for what shall be read."""
    points: Array
    """(3 K,) metres where the landmarks are then."""


class ResponseSolver:
    """Solve for signals and turn by least squares within bounds (see `ResponseProblem`).

    Absolute, the head reads as the person does. Relative, for a person whose rest is known, typical rest is
    the head's own rest, whatever is read on it then.
    """

    def __init__(
        self, mapping: ScoreMapping, response: Response, trust: Trust = HYBRID, rest_turn: Array | None = None
    ) -> None:
        self._mapping, self._response, self._trust = mapping, response, trust
        self._problem = ResponseProblem(mapping, response, trust)
        self._rest = self._absolute_rest() if rest_turn is None else self._relative_rest(rest_turn)

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self._mapping.expression_count

    def calibrated(self, rotation: Array) -> ResponseSolver:
        """Return the relative solver for a person who was at rest when the head was turned so (3, 3)."""
        return ResponseSolver(self._mapping, self._response, self._trust, rotation)

    def solve(self, observation: FaceObservation, T_scene_face: Array, neutral_face: Array | None) -> Solved:
        """Return coefficients and turn; without a neutral face the scores alone decide."""
        points = None
        if neutral_face is not None:
            moved = (upright_face(observation) - neutral_face)[self._response.points]
            points = self._rest.points + moved.ravel()
        scores = observation.scores.astype(np.float64)
        signals, turn = self._signals(scores, T_scene_face[:3, :3], T_scene_face[:3, 3], points)
        return Solved(self._mapping.coefficients(signals), turn)

    def signals_for(self, scores: Array, rotation: Array, shift: Array) -> Array:
        """Return signals (52,) that have scores (52,) read on the head at a turn (3, 3) and shift (3,)."""
        return self._signals(scores, rotation, shift, None)[0]

    def _signals(
        self, scores: Array, rotation: Array, shift: Array, points: Array | None
    ) -> tuple[Array, Array]:
        """Return signals (52,) and turn (3, 3); the response holds up to its limits, beyond goes on alike."""
        response = self._response
        angles = np.array(yaw_pitch_roll(rotation))
        known = self._within_limits(angles)
        wanted = np.append(scores, known) + self._rest.reading_offset - response.shift_slopes @ shift
        start = np.append(scores[response.signals] + self._rest.offset, known)
        x = self._problem.nearest(start, wanted, points)
        signals = scores.copy()
        signals[response.signals] = x[: response.signal_count]
        return signals, matrix_from_yaw_pitch_roll(angles + x[response.signal_count :] - known)

    def _absolute_rest(self) -> _Rest:
        """Return typical rest where the head reads as a person at rest does."""
        wanted = np.append(typical_rest(), np.zeros(ANGLE_COUNT))
        start = np.append(typical_rest()[self._response.signals], np.zeros(ANGLE_COUNT))
        at_rest = self._problem.nearest(start, wanted, None)
        offsets = np.zeros(self._response.signal_count), np.zeros(len(wanted))
        return _Rest(*offsets, self._response.points_at(at_rest))

    def _relative_rest(self, rotation: Array) -> _Rest:
        """Return typical rest where the head is at its own, its eyes looking as a typical person's."""
        typical = typical_rest()[self._response.signals]
        looking = np.array([MEDIAPIPE_NAMES[index].startswith("eyeLook") for index in self._response.signals])
        still = np.maximum(np.where(looking, typical, 0.0), self._problem.lower[:-ANGLE_COUNT].clip(0.0))
        angles = self._within_limits(np.array(yaw_pitch_roll(rotation)))
        at_rest = np.append(still, angles)
        for _ in range(_TURN_ROUNDS):
            # The turn shall be read as it is, also at rest.
            at_rest[-ANGLE_COUNT:] += angles - self._response.read(at_rest)[0][-ANGLE_COUNT:]
        offset = self._response.read(at_rest)[0] - np.append(typical_rest(), angles)
        return _Rest(still - typical, offset, self._response.points_at(at_rest))

    def _within_limits(self, angles: Array) -> Array:
        limits = self._response.angle_limits
        return np.asarray(np.clip(angles, -limits, limits))

"""Find the signals and turn for which the tracker's report on the drawn head equals that on the person.

The unknowns are the signals that a mapping takes and the head's turn. With signals as unknowns, every head
that has a mapping is solved alike, whatever its components are. The turn is an unknown because turn and
expression leak into each other's reports.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from flame_model.rotations import matrix_from_yaw_pitch_roll, yaw_pitch_roll
from mappings.frames import FaceObservation
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import upright_face
from mappings.response.problem import HYBRID, ResponseProblem, Weights
from mappings.response.response import ANGLE_COUNT, Response
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import Solved
from mappings.signals import signals_named

_TURN_ROUNDS = 4
"""Rounds to find the turn that is reported as wanted; each leaves a fifth of the error."""


class _Rest(NamedTuple):
    """The scores, reports and landmarks of the head that belong to a person's typical rest."""

    offset: Array
    """(n,) added to the scores to start from."""
    report_offset: Array
    """(55,) added to the scores and angles that the tracker should report."""
    points: Array
    """(3 K,) predicted landmarks, metres."""


class ResponseSolver:
    """Solve for signals and turn by least squares within bounds (see `mappings.response.problem`).

        solver = ResponseSolver(mapping, Response.load(path, mapping))
        coefficients, turn = solver.solve(observation, T_scene_face, neutral_face)

    The absolute solver wants the tracker to report on the head what it reported on the person. The relative
    solver is for a person whose rest is known: typical rest becomes the head's own rest, whatever the tracker
    reports on it there.
    """

    def __init__(
        self,
        mapping: ScoreMapping,
        response: Response,
        weights: Weights = HYBRID,
        rest_turn: Array | None = None,
    ) -> None:
        """Make the absolute solver, or the relative one for a rest with the turn `rest_turn` (3, 3)."""
        self._mapping, self._response, self._weights = mapping, response, weights
        self._problem = ResponseProblem(mapping, response, weights)
        self._rest = self._absolute_rest() if rest_turn is None else self._relative_rest(rest_turn)

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self._mapping.expression_count

    def calibrated(self, rotation: Array) -> ResponseSolver:
        """Return the relative solver for a person at rest while the head had the turn `rotation` (3, 3)."""
        return ResponseSolver(self._mapping, self._response, self._weights, rotation)

    def solve(self, observation: FaceObservation, T_scene_face: Array, neutral_face: Array | None) -> Solved:
        """Return coefficients and turn of an observation; landmarks count only with a known resting face."""
        points = None
        if neutral_face is not None:
            moved = (upright_face(observation) - neutral_face)[self._response.points]
            points = self._rest.points + moved.ravel()
        scores = observation.scores.astype(np.float64)
        signals, turn = self._signals(scores, T_scene_face[:3, :3], T_scene_face[:3, 3], points)
        return Solved(self._mapping.coefficients(signals), turn)

    def signals_for(self, scores: Array, rotation: Array, shift: Array) -> Array:
        """Return the signals (52,) for which the tracker reports `scores` (52,) on the head.

        `rotation` (3, 3) is the reported turn, and `shift` (3,) the head's place in metres.
        """
        return self._signals(scores, rotation, shift, None)[0]

    def _signals(
        self, scores: Array, rotation: Array, shift: Array, points: Array | None
    ) -> tuple[Array, Array]:
        """Return signals (52,) and turn (3, 3).

        A turn beyond the limits of the response is solved at the limit, and the rest of it is added.
        """
        response = self._response
        angles = np.array(yaw_pitch_roll(rotation))
        known = self._within_limits(angles)
        wanted = np.append(scores, known) + self._rest.report_offset - response.shift_slopes @ shift
        start = np.append(scores[response.signals] + self._rest.offset, known)
        x = self._problem.nearest(start, wanted, points)
        signals = scores.copy()
        signals[response.signals] = x[: response.signal_count]
        return signals, matrix_from_yaw_pitch_roll(angles + x[response.signal_count :] - known)

    def _absolute_rest(self) -> _Rest:
        """Return the rest for which the tracker reports on the head what it reports on a person at rest."""
        wanted = np.append(typical_rest(), np.zeros(ANGLE_COUNT))
        start = np.append(typical_rest()[self._response.signals], np.zeros(ANGLE_COUNT))
        at_rest = self._problem.nearest(start, wanted, None)
        return _Rest(
            offset=np.zeros(self._response.signal_count),
            report_offset=np.zeros(len(wanted)),
            points=self._response.predict_points(at_rest),
        )

    def _relative_rest(self, rotation: Array) -> _Rest:
        """Return the rest for which a person at typical rest puts the head at its own rest.

        The eyes are an exception: they look where a typical person's look.
        """
        typical = typical_rest()[self._response.signals]
        looking = signals_named("eyeLook")[self._response.signals]
        still = np.maximum(np.where(looking, typical, 0.0), self._problem.lower[:-ANGLE_COUNT].clip(0.0))
        angles = self._within_limits(np.array(yaw_pitch_roll(rotation)))
        at_rest = np.append(still, angles)
        for _ in range(_TURN_ROUNDS):
            # The reported turn is not offset at rest: it should be the person's.
            at_rest[-ANGLE_COUNT:] += angles - self._response.predict(at_rest)[0][-ANGLE_COUNT:]
        offset = self._response.predict(at_rest)[0] - np.append(typical_rest(), angles)
        return _Rest(still - typical, offset, self._response.predict_points(at_rest))

    def _within_limits(self, angles: Array) -> Array:
        """Return angles (3,) within the limits of the response."""
        limits = self._response.angle_limits
        return np.asarray(np.clip(angles, -limits, limits))

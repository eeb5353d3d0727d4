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
from mappings.person.apertures import MOUTH, apertures, eye_distance
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import upright_face
from mappings.response.anchors import anchored
from mappings.response.links import ANGLE_COUNT
from mappings.response.problem import ResponseProblem, Wanted
from mappings.response.response import Response
from mappings.response.weights import HYBRID, Weights
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import Solved
from mappings.signals import signals_named

_SCORES_ALONE = 0.1
"""Factor of the people's prior where no landmarks stand against it."""
_TURN_ROUNDS = 4
"""Rounds to find the turn that is reported as wanted; each leaves a fifth of the error."""
_LEAST_OPENING = 0.02
"""Least opening of a resting eye, eye distances, so that a rest with nearly shut eyes is no divisor of 0."""
_RATIOS = (0.5, 2.0)
"""Least and greatest ratio of the openings of the head's and the person's eyes at rest; chosen by trial."""


class _Rest(NamedTuple):
    """The scores, reports and landmarks of the head that belong to a person's typical rest."""

    offset: Array
    """(n,) added to the scores to start from."""
    report_offset: Array
    """(55,) added to the scores and angles that the tracker should report."""
    points: Array
    """(3 K,) predicted landmarks, metres."""
    apertures: Array | None
    """(3,) predicted apertures that belong to the person's own at rest; None to want the person's as they
    are."""


class ResponseSolver:
    """Solve for signals and turn by least squares within bounds (see `mappings.response.problem`).

        solver = ResponseSolver(mapping, load_response(path, mapping))
        coefficients, turn = solver.solve(observation, T_scene_face, neutral_face)

    The absolute solver wants the tracker to report on the head what it reported on the person. The relative
    solver is for a person whose rest is known: typical rest becomes the head's own rest, whatever the tracker
    reports on it there. Contact is absolute in both: with g the aperture of the person's mouth, it is wanted
    on the head, whatever the person's rest is. So is that of an eye, or by the relative solver

        shut + (g - shut) (g_head - shut) / (g_person - shut)

    for the apertures at rest of the head and the person, so that rest is rest and shut is shut. Other
    landmarks are wanted at the head's own places, moved as the person's are from the resting face, in the
    scale of the distances between the eyes.
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
        """Return coefficients and turn for an observation with even scores.

        Landmarks count only with a resting face, apertures always.
        """
        face = upright_face(observation)
        wanted = Wanted(observation.scores.astype(np.float64), None, self._apertures(face, neutral_face))
        if neutral_face is not None:
            moved = self._sized(face) - self._sized(neutral_face)
            places = anchored(moved, self._response.points)
            wanted = wanted._replace(points=self._rest.points + places.ravel())
        signals, turn = self._signals(wanted, T_scene_face[:3, :3], T_scene_face[:3, 3])
        return Solved(self._mapping.coefficients(signals), turn, signals)

    def signals_for(
        self, scores: Array, rotation: Array, shift: Array, apertures: Array | None = None
    ) -> Array:
        """Return the signals (52,) for which the tracker reports the even `scores` (52,) on the head.

        `rotation` (3, 3) is the reported turn, and `shift` (3,) the head's place in metres. `apertures` (3,)
        of mouth and eyes are wanted besides, where they are given.
        """
        return self._signals(Wanted(scores, None, apertures, people=_SCORES_ALONE), rotation, shift)[0]

    def _signals(self, wanted: Wanted, rotation: Array, shift: Array) -> tuple[Array, Array]:
        """Return signals (52,) and turn (3, 3) for a report without angles: those of `rotation` are wanted.

        A turn beyond the limits of the response is solved at the limit, and the rest of it is added.
        """
        response, scores = self._response, wanted.report
        angles = np.array(yaw_pitch_roll(rotation))
        known = self._within_limits(angles)
        report = np.append(scores, known) + self._rest.report_offset
        start = np.append(scores[response.signals] + self._rest.offset, known)
        x = self._problem.nearest(
            start, wanted._replace(report=report, shift=shift, offset=self._rest.offset)
        )
        signals = scores.copy()
        signals[response.signals] = x[: response.signal_count]
        return signals, matrix_from_yaw_pitch_roll(angles + x[response.signal_count :] - known)

    def _sized(self, face: Array) -> Array:
        """Return a face (468, 3) with the eye distance of the response's landmarks."""
        return face * (self._response.eye_distance / eye_distance(face))

    def _apertures(self, face: Array, neutral_face: Array | None) -> Array:
        """Return the apertures (3,) that the tracker should report on the head for a face (468, 3)."""
        seen = apertures(face)
        if neutral_face is None or self._rest.apertures is None:
            return seen
        shut = self._response.shut
        at_rest = apertures(neutral_face)
        ratio = (self._rest.apertures - shut) / np.maximum(at_rest - shut, _LEAST_OPENING)
        wanted = shut + (seen - shut) * np.clip(ratio, *_RATIOS)
        wanted[MOUTH] = seen[MOUTH]
        return wanted

    def _absolute_rest(self) -> _Rest:
        """Return the rest for which the tracker reports on the head what it reports on a person at rest."""
        wanted = np.append(typical_rest(), np.zeros(ANGLE_COUNT))
        start = np.append(typical_rest()[self._response.signals], np.zeros(ANGLE_COUNT))
        at_rest = self._problem.nearest(start, Wanted(wanted))
        return _Rest(
            offset=np.zeros(self._response.signal_count),
            report_offset=np.zeros(len(wanted)),
            points=self._response.predict(at_rest)[0].points,
            apertures=None,
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
            at_rest[-ANGLE_COUNT:] += angles - self._response.predict(at_rest)[0].report[-ANGLE_COUNT:]
        report, points, opened = self._response.predict(at_rest)[0]
        return _Rest(still - typical, report - np.append(typical_rest(), angles), points, opened)

    def _within_limits(self, angles: Array) -> Array:
        """Return angles (3,) within the limits of the response."""
        limits = self._response.angle_limits
        return np.asarray(np.clip(angles, -limits, limits))

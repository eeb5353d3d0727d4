"""The interface of solvers, which turn an observation into a head's coefficients, and the simplest solver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

from flame_model.arrays import Array
from mappings.frames import FaceObservation
from mappings.scores.layout import Coefficients
from mappings.scores.score_mapping import ScoreMapping


class _CoefficientsAndTurn(NamedTuple):
    coefficients: Coefficients
    rotation: Array
    """(3, 3) turn of the head."""


class Solved(_CoefficientsAndTurn):
    """A solver's result for one observation: the head's coefficients and its turn, into which it unpacks."""

    signals: Array | None
    """(52,) the signals whose coefficients these are; None stands for the observation's scores."""

    def __new__(cls, coefficients: Coefficients, rotation: Array, signals: Array | None = None) -> Self:
        """Make the result of `coefficients` and the turn (3, 3) `rotation`."""
        made = super().__new__(cls, coefficients, rotation)
        made.signals = signals
        return made


class Solver(Protocol):
    """Turns observations into the coefficients and the turn of a head, for its driver.

    A solver of your own is a class with these members, or a class derived from ScoreSolver that replaces
    `solve`; give it to `AnimatedHead.driver`.
    """

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        ...

    def calibrated(self, rotation: Array) -> Solver:
        """Return the solver for a person whose rest is known, which maps typical rest to the head's own rest.

        `rotation` (3, 3) is the turn of the head while the person was at rest.
        """
        ...

    def solve(self, observation: FaceObservation, T_scene_face: Array, neutral_face: Array | None) -> Solved:
        """Return the coefficients and the turn with which the head shows one observation.

        `T_scene_face` (4, 4) is the face's pose in the scene, in metres. The drawn head stands at its place,
        and the tracker should report its turn on that drawing. `neutral_face` (468, 3) in metres is the
        person's upright resting face, None while it is not known.
        """
        ...


@dataclass(frozen=True, slots=True)
class ScoreSolver:
    """A solver that converts the scores by the mapping and takes the turn as the tracker reported it."""

    mapping: ScoreMapping

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self.mapping.expression_count

    def calibrated(self, rotation: Array) -> Solver:
        """Return the same solver: the mapping takes typical rest as near to the head's rest as it can."""
        del rotation
        return self

    def solve(self, observation: FaceObservation, T_scene_face: Array, neutral_face: Array | None) -> Solved:
        """Return the mapping's coefficients of the observation's scores; the resting face is not used."""
        del neutral_face
        return Solved(self.mapping.coefficients(observation.scores), T_scene_face[:3, :3])

"""What turns an observation into a head's coefficients; the driver takes any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from flame_model.arrays import Array
from mappings.frames import FaceObservation
from mappings.scores.score_mapping import Coefficients, ScoreMapping


class Solved(NamedTuple):
    """Hold what a head has to do to show an observation."""

    coefficients: Coefficients
    rotation: Array
    """(3, 3) turn of the head."""


class Solver(Protocol):
    """Find what a head has to do to show an observation."""

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        ...

    def calibrated(self, rotation: Array) -> Solver:
        """Return the solver for a person whose rest is known: typical rest is the head's own then.

        `rotation` (3, 3) is how the head was turned when the person was at rest.
        """
        ...

    def solve(self, observation: FaceObservation, T_scene_face: Array, neutral_face: Array | None) -> Solved:
        """Return the coefficients of one observation and the turn of the head.

        `T_scene_face` (4, 4) metres is the turn that the tracker shall read on the head, and where the head
        is; `neutral_face` (468, 3) metres the person's upright resting face, None while it is not known.
        """
        ...


@dataclass(frozen=True, slots=True)
class ScoreSolver:
    """Take everything from the scores, by a linear mapping, and the turn as the tracker read it."""

    mapping: ScoreMapping

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self.mapping.expression_count

    def calibrated(self, rotation: Array) -> Solver:
        """Return the same: the mapping takes typical rest to the head's rest, as near as it goes."""
        del rotation
        return self

    def solve(self, observation: FaceObservation, T_scene_face: Array, neutral_face: Array | None) -> Solved:
        """Return the mapping's coefficients of the observation's scores; the neutral face is not needed."""
        del neutral_face
        return Solved(self.mapping.coefficients(observation.scores), T_scene_face[:3, :3])

"""What turns an observation into a head's coefficients; the driver takes any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from mappings.frames import FaceObservation
from mappings.score_mapping import Coefficients, ScoreMapping

Array = npt.NDArray[Any]


class Solver(Protocol):
    """Find what a head has to do to show an observation."""

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        ...

    def solve(self, observation: FaceObservation, neutral_face: Array | None = None) -> Coefficients:
        """Return the coefficients of one observation.

        `neutral_face` (468, 3) metres is the person's resting face as `mappings.upright` lays it, None while
        it is not known.
        """
        ...

    def head_rotation(self, rotation: Array, observation: FaceObservation) -> Array:
        """Return how the head has to be turned (3, 3) for the tracker to read the turn `rotation` on it."""
        ...


@dataclass(frozen=True, slots=True)
class ScoreSolver:
    """Take everything from the scores, by a linear mapping."""

    mapping: ScoreMapping

    @property
    def expression_count(self) -> int:
        """Number of expression components, E."""
        return self.mapping.expression_count

    def solve(self, observation: FaceObservation, neutral_face: Array | None = None) -> Coefficients:
        """Return the mapping's coefficients of the observation's scores."""
        return self.mapping.coefficients(observation.scores)

    def head_rotation(self, rotation: Array, observation: FaceObservation) -> Array:
        """Return the turn as the tracker read it."""
        return np.asarray(rotation)

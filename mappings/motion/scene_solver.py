"""Solve for a face's coefficients and turn where the scene shows it."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Float64Array
from mappings.frames import FaceObservation
from mappings.motion.placement import Placement
from mappings.person.known_person import KnownPerson
from mappings.person.upright_face import apparent_pose
from mappings.scores.solver import Solved


class SceneSolver:
    """Solve for one person's coefficients, by the turn and the place of the head in the scene.

    Without a `placement` the scene is the camera's.
    """

    def __init__(self, person: KnownPerson, placement: Placement | None) -> None:
        self._person, self._placement = person, placement
        self._correction: Array | None = None
        """Turn (3, 3) by which the solver corrected the last apparent turn; None where none is near."""

    def forget(self) -> None:
        """Forget the last turn: the next one may be far from it, or solved otherwise."""
        self._correction = None

    def solve(self, observation: FaceObservation) -> tuple[Solved, Float64Array]:
        """Return what was solved, and the pose (4, 4) of the face before its camera with the solved turn.

        The solver corrects the apparent turn R, mostly by a constant that belongs to the head. The head's
        place, which it has to know, is that of the turn R C for the correction C of the frame before.
        """
        seen = apparent_pose(observation)
        if self._correction is None:
            self._correction = self._solve(observation, seen, seen)[1]
        solved, self._correction = self._solve(observation, seen, _turned(seen, self._correction))
        return solved, _turned(seen, self._correction)

    def turn_in_scene(self, seen: Array) -> Float64Array:
        """Return the turn in the scene of a face with the apparent pose (4, 4), as a pose at the origin."""
        turned = np.eye(4)
        turned[:3, :3] = seen[:3, :3] if self._placement is None else self._placement.turn(seen)
        return turned

    def _solve(self, observation: FaceObservation, seen: Array, shown: Array) -> tuple[Solved, Float64Array]:
        """Return what is solved for a head with the pose `shown` (4, 4), and the correction (3, 3)."""
        T_scene_face = self.turn_in_scene(seen)
        if self._placement is not None:
            T_scene_face[:3, 3] = self._placement.pose(shown)[:3, 3]
        solved = self._person.solve(observation, T_scene_face)
        return solved, np.asarray(T_scene_face[:3, :3].T @ solved.rotation)


def _turned(pose: Array, correction: Array) -> Float64Array:
    """Return a pose (4, 4) with its turn R replaced by R C, for the correction C (3, 3)."""
    turned = np.array(pose, dtype=np.float64)
    turned[:3, :3] = pose[:3, :3] @ correction
    return turned

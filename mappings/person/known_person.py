"""What is known of the person who is followed: a profile, or else an estimate of the resting face."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Array
from mappings.frames import FaceObservation
from mappings.mirror import mirrored_transform
from mappings.person.profile import Profile
from mappings.person.running_neutral import RunningNeutral
from mappings.person.upright_face import upright_face
from mappings.scores.solver import Solved, Solver


class KnownPerson:
    """Solve for one person's coefficients.

    Without a profile the person is not known and counts as typical.
    """

    def __init__(self, solver: Solver, profile: Profile | None) -> None:
        self._solver = solver
        self._running_neutral = RunningNeutral()
        self._before_rest: tuple[Profile | None, Array] | None = None
        """Profile and turn (3, 3) from before the last `rest`; None where there is nothing to undo."""
        self.use(profile)

    @property
    def straight_ahead(self) -> Array | None:
        """The turn (3, 3) in which the person looks straight ahead; None where it is not known."""
        return None if self._profile is None else self._profile.straight_ahead

    def use(self, profile: Profile | None) -> None:
        """Use a person's profile, or none; it was made with the face at rest and looking straight ahead."""
        self._profile = profile
        self._before_rest = None
        self._calibrate(np.eye(3))

    def rest(self, observation: FaceObservation, turn: Array) -> None:
        """Make an observation, which is not corrected, the resting face.

        The head then had the `turn` (3, 3).
        """
        self._before_rest = (self._profile, self._rest_turn)
        known = self._profile or Profile()
        correction = known.correction.resting_at(observation.scores)
        self._profile = replace(known, correction=correction, neutral_face=upright_face(observation))
        self._calibrate(turn)

    def undo_rest(self) -> bool:
        """Return to the resting face from before the last `rest`; return False where there was none."""
        if self._before_rest is None:
            return False
        self._profile, turn = self._before_rest
        self._before_rest = None
        self._calibrate(turn)
        return True

    def take_over(self, other: KnownPerson) -> None:
        """Know what is known of the person whom another solver followed."""
        self._running_neutral = other._running_neutral
        self._profile, self._before_rest = other._profile, other._before_rest
        self._calibrate(other._rest_turn)

    def learn(self, observation: FaceObservation) -> None:
        """Add an observation to the estimate of the resting face."""
        self._running_neutral.add(self.corrected(observation), observation.time_s)

    def doubt(self) -> None:
        """Trust the estimate of the resting face less: the face was lost, and may be another one now."""
        self._running_neutral.weaken()

    def mirror(self) -> None:
        """Take the person for their mirror image."""
        self._profile, turn = _mirrored(self._profile, self._rest_turn)
        if self._before_rest is not None:
            self._before_rest = _mirrored(*self._before_rest)
        self._running_neutral.mirror()
        self._calibrate(turn)

    def corrected(self, observation: FaceObservation) -> FaceObservation:
        """Return an observation with the scores that a typical person would have."""
        if self._profile is None:
            return observation
        return replace(observation, scores=self._profile.correction.scores(observation.scores))

    def solve(self, observation: FaceObservation, T_scene_face: Array) -> Solved:
        """Return coefficients and turn for a corrected observation of a face with the pose (4, 4)."""
        return self._calibrated.solve(observation, T_scene_face, self._neutral_face())

    def _calibrate(self, rest_turn: Array) -> None:
        """Calibrate the solver to a person who was at rest when the head had the turn `rest_turn` (3, 3)."""
        self._rest_turn = rest_turn
        self._calibrated = self._solver if self._profile is None else self._solver.calibrated(rest_turn)

    def _neutral_face(self) -> Array | None:
        """Return the resting face (468, 3) in metres: the profile's, else the estimate, None before it."""
        known = None if self._profile is None else self._profile.neutral_face
        return self._running_neutral.face if known is None else known


def _mirrored(profile: Profile | None, turn: Array) -> tuple[Profile | None, Array]:
    """Return profile and turn (3, 3) of a person's mirror image."""
    turned = np.eye(4)
    turned[:3, :3] = turn
    return None if profile is None else profile.mirrored(), mirrored_transform(turned)[:3, :3]

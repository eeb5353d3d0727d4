"""Drive a head: observations in, head parameters out, also while no face is seen."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float32Array, Float64Array
from flame_model.params import HeadParams
from mappings.adjusting.adjuster import RESTING, Adjuster, SeenSignals
from mappings.adjusting.adjustments import Adjustments
from mappings.frames import FaceObservation
from mappings.mirror import mirror_observation
from mappings.motion.head_pose import NECK_SHARE, Share
from mappings.motion.placed_head import PlacedHead
from mappings.motion.placement import Placement
from mappings.motion.scene_solver import SceneSolver
from mappings.motion.smoothing import Smoothing
from mappings.motion.steady_pose import SteadyPose
from mappings.motion.transitions import Shown, Transitions
from mappings.motion.trust import Trust
from mappings.person.known_person import KnownPerson
from mappings.person.profile import Profile
from mappings.person.upright_face import apparent_pose, apparent_turn
from mappings.scores.solver import Solved, Solver


class Driver:
    """Drive one head by the observations of one face.

        driver = Driver(ScoreSolver(mapping), prepare(head).joints, placement=Placement())
        params = driver.follow(tracker.observe(frame), frame.time_s)

    `AnimatedHead.driver` makes one with the head's own solver and smoothing. `joints` (5, 3) are the head's
    rest joints in metres. With a `placement` the head stays in the scene around the origin; without one it is
    where the face is in front of the camera. `neck_share` is the part of a turn that bends the neck. Without
    a `profile` the person is not known and counts as typical; without `trust` every observation is believed.
    An `adjuster` changes what is shown of what was tracked.
    """

    def __init__(
        self,
        solver: Solver,
        joints: Float32Array,
        *,
        neck_share: Share = NECK_SHARE,
        placement: Placement | None = None,
        smoothing: Smoothing | None = None,
        trust: Trust | None = None,
        profile: Profile | None = None,
        adjuster: Adjuster | None = None,
    ) -> None:
        self._head = PlacedHead(joints, neck_share, placement)
        self._placement = placement
        self._smoothing = smoothing or Smoothing(0.0)
        self._trust = trust or Trust(np.inf)
        self._steady_pose = SteadyPose()
        self._adjuster = adjuster or Adjuster(None)
        self._transitions = Transitions(solver.expression_count, RESTING)
        self._person = KnownPerson(solver, profile)
        self._solver = SceneSolver(self._person, placement)
        self._looks_ahead = False
        """Whether the scene was centred by the turn in which the profile looks ahead."""
        self._last: FaceObservation | None = None

    def reset(self) -> None:
        """Forget what was shown, for a new source; the resting face and the centre stay."""
        self._transitions.reset()
        self._trust.reset()
        self._smoothing.reset()
        self._steady_pose.reset()

    def follow(self, observation: FaceObservation | None, time_s: float) -> HeadParams:
        """Return the parameters to show at `time_s` seconds; None is a frame without a face.

        Times have to rise from call to call.
        """
        if observation is None:
            # With a placement the head rests at the centre of the scene, else where the face was lost.
            self._adjuster.rest()
            shown = self._transitions.without_face(time_s, rest_in_place=self._placement is None)
            return self._adjuster.on_top(*shown, time_s)
        if self._transitions.face_was_lost:
            self._find_again()
        held = self._trust.held(observation, time_s)
        observation = self._last = self._smoothing.smooth(held, time_s)
        self._look_ahead()
        observation = self._person.corrected(observation)
        self._person.learn(observation)
        solved, pose = self._solver.solve(observation)
        pose = self._steady_pose.follow(pose, observation.moved, time_s)
        pose = self._head.turned(pose, self._adjuster.turned)
        if self._placement is not None:
            self._placement.follow(pose, time_s)
        params, signals = self._adjusted(observation, solved, pose)
        if self._trust.shown < 1.0:
            params = self._trust.relaxed(params)
            signals = RESTING + self._trust.shown * (signals - RESTING)
        return self._adjuster.on_top(*self._transitions.toward(Shown(params, signals), time_s), time_s)

    def params(self, observation: FaceObservation) -> HeadParams:
        """Return the parameters of one observation by itself, whatever was shown before."""
        observation = self._person.corrected(observation)
        solved, pose = self._solver.solve(observation)
        return self._adjusted(observation, solved, self._head.turned(pose, self._adjuster.turned))[0]

    @property
    def seen(self) -> SeenSignals:
        """The signals of the last frame, as they were tracked and as the head shows them."""
        return self._adjuster.seen

    def adjust(self, adjustments: Adjustments) -> None:
        """Adjust all following frames. Raises InputError for a driver that was made without an adjuster."""
        self._adjuster.use(adjustments)

    def learn(self, observation: FaceObservation) -> None:
        """Add an observation to the estimate of the resting face, without showing it."""
        self._person.learn(self._person.corrected(observation))

    def use(self, profile: Profile | None) -> None:
        """Use the calibration of a person, or none, for all following observations."""
        self._person.use(profile)
        self._looks_ahead = False
        self._join()

    def set_neutral(self) -> bool:
        """Make the face seen last the resting face; return False where no face was seen yet.

        The scene stays centred as it is.
        """
        if self._last is None:
            return False
        self._person.rest(self._last, self._solver.turn_in_scene(apparent_pose(self._last))[:3, :3])
        self._join()
        return True

    def recentre(self) -> bool:
        """Make the pose seen last the centre, looking ahead; return False without a pose or a placement."""
        if self._last is None or self._placement is None:
            return False
        self._placement.recentre(apparent_turn(self._last))
        self._join()
        return True

    def undo_neutral(self) -> bool:
        """Take the last `set_neutral` back; return False where there was none."""
        undone = self._person.undo_rest()
        if undone:
            self._join()
        return undone

    def undo_recentre(self) -> bool:
        """Take the last `recentre` back; return False where there was none."""
        undone = self._placement is not None and self._placement.undo_recentre()
        if undone:
            self._join()
        return undone

    def take_over(self, other: Driver) -> None:
        """Follow the person whom another driver followed: a driver of another head, or set up otherwise.

        Resting face, centre and sides stay, and a head with as many expressions moves on from where it is.
        """
        self._person.take_over(other._person)
        self._adjuster.take_over(other._adjuster)
        if self._placement is not None and other._placement is not None:
            self._placement.take_over(other._placement)
        self._last, self._looks_ahead = other._last, other._looks_ahead
        if self._transitions.fits(other._transitions):
            self._transitions = other._transitions
            self._join()

    def mirror(self) -> None:
        """Follow a source whose mirroring was switched: resting face and centre change sides with it."""
        if self._last is not None:
            self._last = mirror_observation(self._last)
        self._person.mirror()
        self._adjuster.mirror()
        self._trust.reset()
        self._smoothing.reset()
        self._steady_pose.reset()
        if self._placement is not None:
            self._placement.mirror()
        self._join()

    def _find_again(self) -> None:
        """Follow a face that may be another one, at another place."""
        self._person.doubt()
        self._trust.reset()
        self._smoothing.reset()
        self._steady_pose.reset()
        if self._placement is not None:
            self._placement.restart()
        self._solver.forget()

    def _join(self) -> None:
        """Move to the next parameters gradually, because what they are computed from has changed."""
        self._solver.forget()
        self._steady_pose.reset()
        self._transitions.join()

    def _adjusted(
        self, observation: FaceObservation, solved: Solved, pose: Float64Array
    ) -> tuple[HeadParams, Float64Array]:
        """Return adjusted parameters and signals (53,) of a head with the face's pose (4, 4)."""
        signals = observation.scores if solved.signals is None else solved.signals
        return self._adjuster.tracked(self._head.pose(pose).with_coefficients(solved.coefficients), signals)

    def _look_ahead(self) -> None:
        """Turn the scene so that the profile's straight ahead is the head's, once for each profile."""
        turn = self._person.straight_ahead
        if turn is None or self._placement is None or self._looks_ahead:
            return
        self._placement.recentre(turn)
        self._looks_ahead = True

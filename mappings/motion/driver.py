"""What moves a head: observations in, head parameters out, also while nobody is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array
from flame_model.params import HeadParams, rest_params
from mappings.frames import FaceObservation
from mappings.mirror import mirror_observation, mirrored_transform
from mappings.motion.easing import mixed_params, smoothstep
from mappings.motion.head_pose import NECK_SHARE, head_pose
from mappings.motion.placement import Placement
from mappings.motion.smoothing import Smoothing
from mappings.person.profile import Profile
from mappings.person.running_neutral import RunningNeutral
from mappings.person.upright import upright_face
from mappings.scores.solver import Solver

HOLD_S = 0.1
"""A face missed for so long leaves the head as it is: trackers lose single frames."""
EASE_S = 0.4
"""Then the head goes to rest in this time, half a second after the face was last seen."""
JOIN_S = 0.25
"""Time to catch up with a face that comes back, or with a new neutral or centre."""


class Driver:
    """Drive one head from the observations of one face.

    `joints` (5, 3) are the head's rest joints in metres. With a `placement` the head stays on a stage around
    the origin; without one it is where the face is before the camera.
    """

    def __init__(
        self,
        solver: Solver,
        joints: Float32Array,
        *,
        neck_share: float = NECK_SHARE,
        placement: Placement | None = None,
        smoothing: Smoothing | None = None,
        profile: Profile | None = None,
    ) -> None:
        self._solver, self._calibrated = solver, solver
        self._joints = joints
        self._neck_share = neck_share
        self._placement = placement
        self._smoothing = smoothing
        self._running_neutral = RunningNeutral()
        self.use(profile)
        self._last: FaceObservation | None = None
        self.reset()

    def reset(self) -> None:
        """Forget what was shown, for a new source; neutral and centre stay."""
        self._time_s: float | None = None
        self._unseen_s = 0.0
        self._joined_s = 0.0
        self._joining: HeadParams | None = None
        self._rejoin = False
        self._restart_smoothing()
        self._shown = self._leaving = rest_params(self._solver.expression_count)

    def follow(self, observation: FaceObservation | None, time_s: float) -> HeadParams:
        """Return the parameters to show at `time_s`, None standing for a frame without a face."""
        elapsed_s = max(0.0, time_s - self._time_s) if self._time_s is not None else 0.0
        self._time_s = time_s
        if observation is None:
            self._shown = self._unseen(elapsed_s)
        else:
            self._shown = self._seen(observation, time_s, elapsed_s)
        return self._shown

    def set_neutral(self) -> bool:
        """Make the face last seen the resting one; False where none was seen yet."""
        if self._last is None:
            return False
        known = self._profile or Profile()
        correction = known.correction.resting_at(self._last.scores)
        self.use(replace(known, correction=correction, neutral_face=upright_face(self._last)))
        self._calibrate(self._placed(self._last))
        return True

    def use(self, profile: Profile | None) -> None:
        """Drive the head by what is known of a person from now on; None for nobody in particular."""
        self._profile = profile
        self._turned_ahead = False
        self._rejoin = True
        # A profile is made with the face looking ahead.
        self._calibrate(np.eye(4))

    def learn(self, observation: FaceObservation) -> None:
        """Let an observation tell what the face is like at rest, without showing it."""
        self._running_neutral.add(self._corrected(observation), observation.time_s)

    def recentre(self) -> bool:
        """Make the pose last seen the centre, looking ahead; False where there is no pose or no placement."""
        if self._last is None or self._placement is None:
            return False
        self._placement.recentre(self._last.T_camera_face)
        self._rejoin = True
        return True

    def mirror(self) -> None:
        """Follow a source that was mirrored or is no longer: neutral and centre change sides with it."""
        if self._last is not None:
            self._last = mirror_observation(self._last)
        if self._profile is not None:
            self._profile = self._profile.mirrored()
        self._running_neutral.mirror()
        if self._placement is not None:
            self._placement.mirror()
        self._rejoin = True
        self._calibrate(mirrored_transform(self._rest_pose))

    def _seen(self, observation: FaceObservation, time_s: float, elapsed_s: float) -> HeadParams:
        """Follow the face, catching up where what is shown is somewhere else."""
        self._last = observation
        comes_back = self._unseen_s > HOLD_S
        if comes_back:
            self._running_neutral.doubt()
        self._look_ahead(observation.T_camera_face)
        self.learn(observation)
        target = self.params(observation)
        if self._rejoin or comes_back:
            self._restart_smoothing()
            self._joining, self._joined_s, self._rejoin = self._shown, 0.0, False
        else:
            self._joined_s += elapsed_s
        self._unseen_s = 0.0
        if self._smoothing is not None:
            target = self._smoothing.smooth(target, time_s)
        shown = target
        if self._joining is not None:
            share = smoothstep(self._joined_s / JOIN_S)
            shown = mixed_params(self._joining, target, share)
            if share >= 1.0:
                self._joining = None
        self._leaving = shown
        return shown

    def _unseen(self, elapsed_s: float) -> HeadParams:
        """Hold what was shown, then ease to rest: at the centre of a stage, else where the face was lost."""
        self._unseen_s += elapsed_s
        rest = rest_params(self._solver.expression_count)
        if self._placement is None:
            rest = replace(rest, translation=self._leaving.translation)
        return mixed_params(self._leaving, rest, smoothstep((self._unseen_s - HOLD_S) / EASE_S))

    def _restart_smoothing(self) -> None:
        if self._smoothing is not None:
            self._smoothing.reset()

    def params(self, observation: FaceObservation) -> HeadParams:
        """Return the parameters of one observation by itself, without regard to what was shown before."""
        observation = self._corrected(observation)
        transform = self._placed(observation)
        solver = self._solver if self._profile is None else self._calibrated
        coefficients, turn = solver.solve(observation, self._staged(transform), self._neutral_face())
        transform[:3, :3] = turn
        pose = head_pose(transform, self._joints, self._neck_share)
        return HeadParams(
            expression=coefficients.expression,
            jaw=coefficients.jaw,
            eyes=coefficients.eyes,
            neck=pose.neck,
            rotation=pose.rotation,
            translation=pose.translation,
            eyelids=coefficients.eyelids,
        )

    def _placed(self, observation: FaceObservation) -> npt.NDArray[np.float64]:
        """Return where the face is (4, 4): on the stage, else before the camera."""
        transform = observation.T_camera_face.astype(np.float64)
        return transform if self._placement is None else np.asarray(self._placement.place(transform))

    def _calibrate(self, rest_pose: npt.NDArray[np.float64]) -> None:
        """Take the person's rest as that of a head in this pose (4, 4)."""
        self._rest_pose = rest_pose
        if self._profile is not None:
            self._calibrated = self._solver.calibrated(rest_pose[:3, :3])

    def _staged(self, transform: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return where the head is on a stage (4, 4): in its middle where there is none."""
        if self._placement is not None:
            return transform
        turned = np.eye(4)
        turned[:3, :3] = transform[:3, :3]
        return turned

    def _corrected(self, observation: FaceObservation) -> FaceObservation:
        if self._profile is None:
            return observation
        return replace(observation, scores=self._profile.correction.scores(observation.scores))

    def _neutral_face(self) -> Float32Array | None:
        known = None if self._profile is None else self._profile.neutral_face
        return self._running_neutral.face if known is None else known

    def _look_ahead(self, T_camera_face: Float32Array) -> None:
        """Centre the stage where the face is first seen, turned as its profile says it looks ahead."""
        turn = None if self._profile is None else self._profile.straight_ahead
        if turn is None or self._placement is None or self._turned_ahead:
            return
        centre = np.array(T_camera_face, dtype=np.float64)
        centre[:3, :3] = turn
        self._placement.recentre(centre)
        self._turned_ahead = True

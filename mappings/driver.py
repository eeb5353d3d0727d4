"""What moves a head: observations in, head parameters out, also while nobody is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.head import FloatArray
from flame_model.params import HeadParams, rest_params
from mappings.easing import mixed_params, smoothstep
from mappings.frames import FaceObservation
from mappings.head_pose import NECK_SHARE, head_pose
from mappings.mirror import mirror_observation
from mappings.neutral import Correction
from mappings.placement import Placement
from mappings.smoothing import Smoothing
from mappings.solver import Solver

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
        joints: FloatArray,
        neck_share: float = NECK_SHARE,
        placement: Placement | None = None,
        smoothing: Smoothing | None = None,
    ) -> None:
        self._solver = solver
        self._joints = joints
        self._neck_share = neck_share
        self._placement = placement
        self._smoothing = smoothing
        self._correction: Correction | None = None
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

    def step(self, observation: FaceObservation | None, time_s: float) -> HeadParams:
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
        self._correction = (self._correction or Correction()).resting_at(self._last.scores)
        self._rejoin = True
        return True

    def clear_neutral(self) -> None:
        """Go back to a typical person's resting face."""
        self._correction = None
        self._rejoin = True

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
        if self._correction is not None:
            self._correction = self._correction.mirrored()
        if self._placement is not None:
            self._placement.mirror()
        self._rejoin = True

    def _seen(self, observation: FaceObservation, time_s: float, elapsed_s: float) -> HeadParams:
        """Follow the face, catching up where what is shown is somewhere else."""
        self._last = observation
        target = self.params(observation)
        if self._rejoin or self._unseen_s > HOLD_S:
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
        if self._correction is not None:
            observation = replace(observation, scores=self._correction.scores(observation.scores))
        coefficients = self._solver.solve(observation)
        transform = observation.T_camera_face.astype(np.float64)
        if self._placement is not None:
            transform = self._placement.place(transform)
        transform[:3, :3] = self._solver.head_rotation(transform[:3, :3], observation)
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

"""Draw a head in many poses and have the tracker observe each drawing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from app.model.animated_head import AnimatedHead
from app.training.response.random_poses import POSES_PER_LIGHTING, Pose, random_lighting
from flame_model.arrays import Array, Float64Array, Picture
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.params import HeadParams
from flame_model.rotations import matrix_from_axis_angle, yaw_pitch_roll
from mappings.evenness import even_scores
from mappings.frames import FaceObservation
from mappings.motion.head_pose import head_pose
from mappings.person.upright_face import apparent_turn, upright_face
from mappings.response.links import ANGLE_COUNT
from mappings.response.readings import Readings
from mappings.signals import SIGNAL_COUNT
from mappings.tracking.tracker import FaceTracker, observe_repeatedly
from render.offscreen_renderer import OffscreenRenderer

SIZE = (384, 384)
"""(W, H) of the drawings; the tracker reports the same on 512x512."""
SHOWN_TIMES = 2
"""How often the tracker is shown each drawing: it crops by what it saw before, so the first time is 0.02 off
in the scores and 0.4 degrees in pitch."""
TRACKERS = 2
"""Number of trackers, which take turns so that both of two cores are busy: tracking a drawing takes twice as
long as drawing it."""
AHEAD = 4
"""Most drawings that wait for the trackers."""


def observe_poses(
    animated: AnimatedHead, bundle: Path, poses: Iterable[Pose], generator: np.random.Generator
) -> Readings:
    """Return the readings of a head in those of the `poses` in which the tracker found it.

    The trackers take the poses in turn, and drawing and tracking overlap. Raises GraphicsError.
    """
    waiting: deque[tuple[Pose, Future[FaceObservation | None]]] = deque()
    observed: list[tuple[Pose, FaceObservation | None]] = []
    joints = animated.head.joint_regressor @ animated.head.template
    with ExitStack() as stack:
        trackers = [stack.enter_context(_TrackerThread(bundle)) for _ in range(TRACKERS)]
        renderer = stack.enter_context(OffscreenRenderer(animated.head, SIZE))
        for index, pose in enumerate(poses):
            if index % POSES_PER_LIGHTING == 0:
                renderer.set_lighting(random_lighting(generator))
            picture = np.ascontiguousarray(renderer.draw(pose_params(animated, joints, pose))[..., :3])
            waiting.append((pose, trackers[index % TRACKERS].observe(picture)))
            if len(waiting) > AHEAD:
                observed.append(_finished(waiting))
        while waiting:
            observed.append(_finished(waiting))
    return _readings([(pose, seen) for pose, seen in observed if seen is not None])


def pose_params(animated: AnimatedHead, joints: Array, pose: Pose) -> HeadParams:
    """Return the parameters of a pose for a head with the rest joints `joints` (5, 3), metres."""
    coefficients = animated.mapping.coefficients(pose.signals)
    T_scene_face = np.eye(4)
    T_scene_face[:3, :3], T_scene_face[:3, 3] = matrix_from_axis_angle(pose.turn), pose.shift
    return head_pose(T_scene_face, joints).with_coefficients(coefficients)


class _TrackerThread:
    """A tracker that is made, used and closed on a thread of its own."""

    def __init__(self, bundle: Path) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._tracker = self._thread.submit(FaceTracker, bundle).result()
        self._shown = 0
        """Number of frames that the tracker was shown."""

    def observe(self, picture: Picture) -> Future[FaceObservation | None]:
        """Have the tracker observe a picture (H, W, 3)."""
        return self._thread.submit(self._observe, picture)

    def _observe(self, picture: Picture) -> FaceObservation | None:
        first, self._shown = self._shown, self._shown + SHOWN_TIMES
        return observe_repeatedly(self._tracker, picture, times=SHOWN_TIMES, first=first)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the tracker after it has observed what was submitted."""
        with self._thread:
            self._thread.submit(self._tracker.close).result()


def _finished(
    waiting: deque[tuple[Pose, Future[FaceObservation | None]]],
) -> tuple[Pose, FaceObservation | None]:
    """Wait for the oldest observation and return it with its pose."""
    pose, future = waiting.popleft()
    return pose, future.result()


def _readings(observed: list[tuple[Pose, FaceObservation]]) -> Readings:
    """Return the poses and their observations as arrays."""
    turns = [matrix_from_axis_angle(pose.turn) for pose, _ in observed]
    reported_turns = [apparent_turn(seen) for _, seen in observed]
    return Readings(
        signals=_rows([pose.signals for pose, _ in observed], SIGNAL_COUNT),
        angles=_rows([yaw_pitch_roll(turn) for turn in turns], ANGLE_COUNT),
        shifts=_rows([pose.shift for pose, _ in observed], 3),
        scores=even_scores(_rows([seen.scores for _, seen in observed], SIGNAL_COUNT)),
        reported_angles=_rows([yaw_pitch_roll(turn) for turn in reported_turns], ANGLE_COUNT),
        faces=_rows([upright_face(seen) for _, seen in observed], FACE_POINT_COUNT, 3),
    )


def _rows(rows: Sequence[npt.ArrayLike], *shape: int) -> Float64Array:
    """Return rows of `shape` as one array (N, *shape), also for N = 0."""
    return np.array(rows, dtype=np.float64).reshape(-1, *shape)

"""Draw a head in many poses and have the tracker read each drawing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from app.model.animated_head import AnimatedHead
from app.training.response.random_poses import POSES_PER_LOOK, Pose, random_look
from flame_model.arrays import Picture
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.params import HeadParams
from flame_model.rotations import matrix_from_axis_angle, yaw_pitch_roll
from mappings.frames import FaceObservation, Frame
from mappings.motion.head_pose import head_pose
from mappings.person.upright import upright_face
from mappings.response.readings import Readings
from mappings.response.response import ANGLE_COUNT
from mappings.signals import SIGNAL_COUNT
from mappings.tracking.tracker import FaceTracker
from render.offscreen_renderer import OffscreenRenderer

SIZE = (384, 384)
"""(W, H); the tracker reads 512x512 alike."""
APART_S = 100.0
"""Time between frames: the tracker smooths by time, and each reading shall be of its own picture."""
LOOKS = 2
"""Times that each drawing is shown: the tracker crops by what it saw before, which at first costs 0.02 in the
scores and 0.4 degrees of pitch."""
TRACKERS = 2
"""They take turns, so that both of two cores are busy: the tracker takes twice as long as the drawing."""
AHEAD = 4
"""Drawings that may wait for the trackers."""


def read_poses(
    animated: AnimatedHead, bundle: Path, poses: Iterable[Pose], generator: np.random.Generator
) -> Readings:
    """Return the readings of a head in `poses`, those in which it was found; raises GraphicsError.

    Each of TRACKERS sees every so many-th of the poses. Drawing and tracking overlap.
    """
    waiting: deque[tuple[Pose, Future[FaceObservation | None]]] = deque()
    read: list[tuple[Pose, FaceObservation | None]] = []
    joints = animated.head.joint_regressor @ animated.head.template
    with ExitStack() as stack:
        readers = [stack.enter_context(_Reader(bundle)) for _ in range(TRACKERS)]
        renderer = stack.enter_context(OffscreenRenderer(animated.head, SIZE))
        for index, pose in enumerate(poses):
            if index % POSES_PER_LOOK == 0:
                renderer.set_look(random_look(generator))
            picture = np.ascontiguousarray(renderer.draw(posed(animated, joints, pose))[..., :3])
            waiting.append((pose, readers[index % TRACKERS].read(picture)))
            if len(waiting) > AHEAD:
                read.append(_waited(waiting))
        read.extend(_waited(waiting) for _ in range(len(waiting)))
    return _readings([(pose, seen) for pose, seen in read if seen is not None])


def posed(animated: AnimatedHead, joints: npt.NDArray[np.float32], pose: Pose) -> HeadParams:
    """Return the parameters of a pose for a head with `joints` (5, 3)."""
    coefficients = animated.mapping.coefficients(pose.signals)
    T_scene_face = np.eye(4)
    T_scene_face[:3, :3], T_scene_face[:3, 3] = matrix_from_axis_angle(pose.turn), pose.shift
    return HeadParams(**coefficients._asdict(), **head_pose(T_scene_face, joints)._asdict())


class _Reader:
    """A tracker that is made, used and closed on a thread of its own."""

    def __init__(self, bundle: Path) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._tracker = self._thread.submit(FaceTracker, bundle).result()
        self._shown = 0

    def read(self, picture: Picture) -> Future[FaceObservation | None]:
        """Show the tracker a picture (H, W, 3)."""
        return self._thread.submit(self._look, picture)

    def _look(self, picture: Picture) -> FaceObservation | None:
        seen = None
        for _ in range(LOOKS):
            seen = self._tracker.observe(Frame(self._shown, self._shown * APART_S, picture))
            self._shown += 1
        return seen

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the tracker after what it still has to read."""
        with self._thread:
            self._thread.submit(self._tracker.close).result()


def _waited(waiting: deque[tuple[Pose, Future[Any]]]) -> tuple[Pose, FaceObservation | None]:
    pose, future = waiting.popleft()
    return pose, future.result()


def _readings(read: list[tuple[Pose, FaceObservation]]) -> Readings:
    """Return arrays of what was set and what was read."""
    turns = [matrix_from_axis_angle(pose.turn) for pose, _ in read]
    return Readings(
        signals=_rows([pose.signals for pose, _ in read], SIGNAL_COUNT),
        angles=_rows([yaw_pitch_roll(turn) for turn in turns], ANGLE_COUNT),
        shifts=_rows([pose.shift for pose, _ in read], 3),
        scores=_rows([seen.scores for _, seen in read], SIGNAL_COUNT),
        read_angles=_rows([yaw_pitch_roll(seen.T_camera_face[:3, :3]) for _, seen in read], ANGLE_COUNT),
        faces=_rows([upright_face(seen) for _, seen in read], FACE_POINT_COUNT, 3),
    )


def _rows(rows: Sequence[npt.ArrayLike], *shape: int) -> npt.NDArray[np.float64]:
    """Return rows of `shape` as one array, of that shape also where the tracker found no face at all."""
    return np.array(rows, dtype=np.float64).reshape(-1, *shape)

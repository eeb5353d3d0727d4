"""Draw a head in many poses and have the tracker read each drawing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.cast import Cast
from app.offscreen_stage import offscreen_stage
from app.responding.random_play import POSES_PER_LOOK, Pose, random_look
from flame_model.builtin.topology import FACE_POINT_COUNT
from flame_model.params import HeadParams
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation, Frame
from mappings.head_pose import head_pose, yaw_pitch_roll
from mappings.readings import Readings
from mappings.response import ANGLE_COUNT
from mappings.signals import SIGNAL_COUNT
from mappings.tracker import FaceTracker
from mappings.upright import upright_face

Image = npt.NDArray[np.uint8]

SIZE = (384, 384)
"""(W, H); the tracker reads 512x512 alike."""
APART_S = 100.0
"""Time between frames: the tracker smooths by time, and each reading shall be of its own picture."""
LOOKS = 2
"""Times that each drawing is shown: the tracker crops by what it saw before, which at first costs 0.02 in the
scores and 0.4 degrees of pitch."""
AHEAD = 4
"""Drawings that may wait for the tracker."""


def read_poses(cast: Cast, bundle: Path, poses: Iterable[Pose], generator: np.random.Generator) -> Readings:
    """Return the readings of a head in `poses`, those in which it was found; raises GraphicsError.

    Drawing and tracking overlap; the tracker is made, used and closed on one thread.
    """
    waiting: deque[tuple[Pose, Future[FaceObservation | None]]] = deque()
    read: list[tuple[Pose, FaceObservation | None]] = []
    with ThreadPoolExecutor(1) as thread, offscreen_stage(cast.head, SIZE) as stage:
        tracker = thread.submit(FaceTracker, bundle).result()
        joints = cast.head.joint_regressor @ cast.head.template
        try:
            for index, pose in enumerate(poses):
                if index % POSES_PER_LOOK == 0:
                    stage.stage.set_look(random_look(generator))
                picture = stage.render(posed(cast, joints, pose))[..., :3]
                waiting.append((pose, thread.submit(_look, tracker, index, picture)))
                if len(waiting) > AHEAD:
                    read.append(_waited(waiting))
            read.extend(_waited(waiting) for _ in range(len(waiting)))
        finally:
            thread.submit(tracker.close).result()
    return _readings([(pose, seen) for pose, seen in read if seen is not None])


def posed(cast: Cast, joints: npt.NDArray[np.float32], pose: Pose) -> HeadParams:
    """Return the parameters of a pose for a head with `joints` (5, 3)."""
    coefficients = cast.mapping.coefficients(pose.signals)
    T_stage_face = np.eye(4)
    T_stage_face[:3, :3], T_stage_face[:3, 3] = matrix_from_axis_angle(pose.turn), pose.shift
    return HeadParams(**coefficients._asdict(), **head_pose(T_stage_face, joints)._asdict())


def _look(tracker: FaceTracker, index: int, picture: Image) -> FaceObservation | None:
    image = np.ascontiguousarray(picture)
    numbers = range(LOOKS * index, LOOKS * (index + 1))
    return [tracker.observe(Frame(number, number * APART_S, image)) for number in numbers][-1]


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

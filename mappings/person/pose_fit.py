"""Lay a face onto what the tracker saw of it: turn, size and shift, with little trust in depth."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.rotations import matrix_from_axis_angle

DEPTH_WEIGHT = 0.1
"""Of a landmark's depth against its place in the picture: the tracker guesses it from one picture."""
_POSE_STEPS = 3


def fit_pose(source: npt.NDArray[Any], target: npt.NDArray[Any]) -> Similarity:
    """Return the weak perspective that lays `source` (N, 3) metres onto `target` (N, 3) pixels.

    Like `fit_similarity`, but depth counts for DEPTH_WEIGHT only.
    """
    pose = fit_similarity(source, target)
    weights = np.sqrt([1.0, 1.0, DEPTH_WEIGHT])
    for _ in range(_POSE_STEPS):
        turned = pose.vectors(source)
        columns = [*(np.cross(axis, turned) for axis in np.eye(3)), turned]
        columns += [np.broadcast_to(axis, turned.shape) for axis in np.eye(3)]
        jacobian = np.stack(columns, axis=-1) * weights[:, None]
        misfit = (target - turned - pose.shift) * weights
        normal = np.einsum("nxi,nxj->ij", jacobian, jacobian)
        step = np.linalg.solve(normal, np.einsum("nxi,nx->i", jacobian, misfit))
        pose = Similarity(
            pose.scale * float(np.exp(step[3])),
            matrix_from_axis_angle(step[:3]) @ pose.rotation,
            pose.shift + step[4:],
        )
    return pose

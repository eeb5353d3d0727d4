"""Fit the pose of a face in a picture: turn, size and shift, with little weight on depth.

For points x_n of a face in metres and p_n in the picture in pixels, the weak perspective (s, R, t) has the
least

    sum_n |W (p_n - s R x_n - t)|^2        W = diag(1, 1, sqrt(DEPTH_WEIGHT))

found by Gauss-Newton steps from the similarity with the weight 1 on depth.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.rotations import matrix_from_axis_angle

DEPTH_WEIGHT = 0.1
"""Weight of a landmark's squared error in depth against one in the picture: depth is only estimated from the
picture. Chosen by trial."""
_POSE_STEPS = 3
"""Gauss-Newton steps."""


def fit_pose(source: Array, target: Array) -> Similarity:
    """Return the weak perspective that lays `source` (N, 3) in metres onto `target` (N, 3) in pixels."""
    pose = fit_similarity(source, target)
    weights = np.sqrt([1.0, 1.0, DEPTH_WEIGHT])
    for _ in range(_POSE_STEPS):
        turned = pose.vectors(source)
        # Columns of the Jacobian: a turn about each axis, a relative change of size, a shift along each axis.
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

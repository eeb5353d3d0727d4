"""Derive joints and skin weights of the ICT head from the motion of teeth and skin in the jawOpen shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import FlagArray, Float64Array, Int64Array
from flame_model.head import JOINT_NAMES
from flame_model.ict import layout
from flame_model.rotations import rotation_x

NECK_JOINTS = np.array([[0.0, -0.155, -0.108], [0.0, -0.075, -0.100]])
"""(2, 3) metres: root in the base of the neck, neck below the skull."""
GAZE_RADIANS = {"Up": 0.36, "Down": 0.40, "In": 0.48, "Out": 0.48}
"""Radians of eye rotation at score 1, by direction; less than a person's, because the archive's eyeballs are
a quarter larger."""
_JOINT_VERTICES = 240
"""Number of vertices that determine each of the joints root, neck and jaw."""


@dataclass(frozen=True, slots=True)
class Hinge:
    """The axis parallel to x about which the lower teeth turn."""

    place: Float64Array
    """(3,) metres."""
    angle: float
    """Radians at the full shape."""


def fit_hinge(teeth: Float64Array, opening: Float64Array) -> Hinge:
    """Return the hinge about which `teeth` (N, 3) turn when they move by `opening` (N, 3), by least squares.

    In the archive's jawOpen shape the lower teeth turn by 0.4422 radians, which fits them to 0.23 mm.
    """
    before, after = teeth[:, 1:], (teeth + opening)[:, 1:]
    a, b = before - before.mean(0), after - after.mean(0)
    angle = float(np.arctan2((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum(), (a * b).sum()))
    turn = rotation_x(angle)[1:, 1:]
    yz = np.linalg.solve(np.eye(2) - turn, after.mean(0) - turn @ before.mean(0))
    return Hinge(np.array([0.0, *yz]), angle)


def jaw_share(points: Float64Array, opening: Float64Array, hinge: Hinge) -> Float64Array:
    """Return the jaw weight (N,) of each point.

    It is the projection (u . r) / |r|^2 of the displacement u by the jawOpen shape, `opening` (N, 3), onto
    the displacement r by the whole turn about the hinge, limited to 0..1.
    """
    turned = (points - hinge.place) @ (rotation_x(hinge.angle) - np.eye(3)).T
    return np.asarray(np.clip((opening * turned).sum(1) / np.maximum((turned**2).sum(1), 1e-6), 0.0, 1.0))


def skin_weights(points: Float64Array, jaw: Float64Array, source: Int64Array) -> Float64Array:
    """Return the skin weights (V, 5): teeth and eyeballs rigid, skin between root, neck and jaw."""
    height = points[:, 1] + 0.25 * (points[:, 2] + 0.10)
    s = np.clip((height + 0.185) / 0.085, 0.0, 1.0)
    neck = s * s * (3.0 - 2.0 * s)
    jaw = jaw.copy()
    jaw[within(source, layout.UPPER_TOOTH_VERTICES)] = 0.0
    jaw[within(source, layout.LOWER_TOOTH_VERTICES)] = 1.0
    weights = np.zeros((len(points), len(JOINT_NAMES)))
    weights[:, 0], weights[:, 1], weights[:, 2] = 1.0 - neck, neck * (1.0 - jaw), neck * jaw
    for side, vertices in enumerate(layout.EYEBALL_VERTICES):
        weights[within(source, vertices)] = np.eye(len(JOINT_NAMES))[3 + side]
    return weights


def joint_regressor(
    points: Float64Array, still: FlagArray, source: Int64Array, joints: Float64Array
) -> Float64Array:
    """Return the joint regressor (5, V): least-norm weights on nearby vertices that stay `still` (V,)."""
    regressor = np.zeros((len(joints), len(points)))
    skin = still & within(source, layout.HEAD_VERTICES)
    pools = [skin, skin, skin, *(within(source, vertices) for vertices in layout.EYEBALL_VERTICES)]
    for joint, pool in enumerate(pools):
        candidates = np.flatnonzero(pool)
        distance = np.linalg.norm(points[candidates] - joints[joint], axis=1)
        group = candidates[np.argsort(distance, kind="stable")[: _JOINT_VERTICES if joint < 3 else None]]
        system = np.concatenate([points[group].T, np.ones((1, len(group)))])
        regressor[joint, group] = np.linalg.pinv(system) @ np.append(joints[joint], 1.0)
    return regressor


def within(source: Int64Array, span: tuple[int, int]) -> FlagArray:
    """Return which vertex numbers of the archive lie in a half-open range."""
    return np.asarray((source >= span[0]) & (source < span[1]))

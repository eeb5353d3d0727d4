"""Compute a head's pose correctives from the shapes that a turned jaw or eye should show.

A corrective adds C (R - I) to a vertex before skinning; C (3, 36) is in metres per entry, R - I (36,) are the
entries of the joints' rotations minus the identity. For a turn by `a` about x they are

    (1, 1) = (2, 2) = cos a - 1,    (1, 2) = -sin a,    (2, 1) = sin a

and correspondingly for a turn about y.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.head import POSE_CORRECTIVE_COUNT
from flame_model.rotations import rotation_x

_JAW, _EYES = 9, 18
"""Index of a joint's first entry; the right eye's nine entries follow the left eye's."""
_SHARED_AXIS = 2
"""Entry (2, 2) changes with turns about x and with turns about y."""


def turned_corrective(
    points: Float64Array, weights: Float64Array, hinge: Float64Array, angle: float, target: Float64Array
) -> Float64Array:
    """Return displacements (N, 3) before skinning with which a turn about x moves `points` by `target`.

    Solves B_i (p_i + c_i - h) + h = p_i + t_i for c_i, with the skinning blend B_i = I + w_i (R(angle) - I):
    `points` p and displacements `target` t (N, 3), `weights` w (N,) of the joint and its place `hinge` h
    (3,); metres and radians.
    """
    blend = np.eye(3) + weights[:, None, None] * (rotation_x(angle) - np.eye(3))
    wanted = (points + target - hinge)[..., None]
    return np.asarray(np.linalg.solve(blend, wanted)[..., 0] + hinge - points)


def pose_correctives(
    jaw: Float64Array,
    jaw_angle: float,
    gaze_shapes: Mapping[tuple[int, str], Float64Array],
    gaze_angles: Mapping[str, float],
) -> Float64Array:
    """Return the pose correctives (N, 3, 36), metres per entry of R - I.

    `jaw` (N, 3) is reached at `jaw_angle`; `gaze_shapes` gives a shape (N, 3) for each eye (0 left, 1 right)
    and direction "Up", "Down", "In" or "Out", reached at its angle in `gaze_angles`. Metres and radians. The
    sine entries carry the difference between opposite turns, the cosine entries their common part.
    """
    result = np.zeros((len(jaw), 3, POSE_CORRECTIVE_COUNT))
    _add_sine(result, _JAW, (1, 2), jaw / np.sin(jaw_angle))
    for eye in range(2):
        first = _EYES + 9 * eye
        down, up, inward, outward = (
            (gaze_shapes[eye, direction], gaze_angles[direction]) for direction in ("Down", "Up", "In", "Out")
        )
        _add_turn(result, first, (1, 2), down, up)
        leftward, rightward = (outward, inward) if eye == 0 else (inward, outward)
        _add_turn(result, first, (2, 0), leftward, rightward)
    return result


def _add_turn(
    result: Float64Array,
    first: int,
    axes: tuple[int, int],
    plus: tuple[Float64Array, float],
    minus: tuple[Float64Array, float],
) -> None:
    """Add the corrective of a turn that has a shape for each sign.

    `plus` and `minus` are (shape (N, 3), angle). Solves sin(a) s + (1 - cos(a)) c = plus at a = plus angle
    and = minus at a = -minus angle for the sine part s and the cosine part c. `axes` (a, b) are the two axes
    that the turn mixes.
    """
    system = np.array(
        [[sign * np.sin(angle), 1.0 - np.cos(angle)] for sign, angle in ((1, plus[1]), (-1, minus[1]))]
    )
    sine, cosine = np.einsum("ij,jnk->ink", np.linalg.inv(system), np.stack([plus[0], minus[0]]))
    _add_sine(result, first, axes, sine)
    # Entry (2, 2) is shared by both kinds of turn, so each uses its other diagonal entry.
    own = min(axis for axis in axes if axis != _SHARED_AXIS)
    result[:, :, first + 4 * own] -= cosine


def _add_sine(result: Float64Array, first: int, axes: tuple[int, int], sine: Float64Array) -> None:
    """Spread `sine` (N, 3) over the entries (a, b) = -sin and (b, a) = sin of a turn from axis a to b."""
    a, b = axes
    result[:, :, first + 3 * a + b] -= 0.5 * sine
    result[:, :, first + 3 * b + a] += 0.5 * sine

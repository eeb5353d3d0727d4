"""From shapes that a joint's turn should show to a head's pose correctives."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.head import POSE_CORRECTIVE_COUNT

_JAW, _EYES = 9, 18
"""First of a joint's nine entries; the right eye's follow the left's."""
_SHARED_AXIS = 2


def rotation_x(angle: float) -> Float64Array:
    """Return the (3, 3) rotation about x; positive opens the jaw and looks down."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def turned_corrective(
    points: Float64Array, weights: Float64Array, hinge: Float64Array, angle: float, target: Float64Array
) -> Float64Array:
    """Return (N, 3) to add before skinning so that a turn about x by `angle` moves `points` by `target`.

    `weights` (N,) say how far each point follows the joint at `hinge` (3,).
    """
    blend = np.eye(3) + weights[:, None, None] * (rotation_x(angle) - np.eye(3))
    wanted = (points + target - hinge)[..., None]
    return np.asarray(np.linalg.solve(blend, wanted)[..., 0] + hinge - points)


def pose_correctives(
    jaw: Float64Array,
    jaw_angle: float,
    looks: Mapping[tuple[int, str], Float64Array],
    look_angles: Mapping[str, float],
) -> Float64Array:
    """Return (N, 3, 36) from the jaw's corrective (N, 3) and lid shapes (N, 3) per eye and way to look.

    Ways are "Up", "Down", "In", "Out"; a shape is reached at its angle, radians. A corrective is linear in
    the entries of R - I: the sine entries carry what differs between opposite turns, the cosine entries what
    is common.
    """
    result = np.zeros((len(jaw), 3, POSE_CORRECTIVE_COUNT))
    _add_sine(result, _JAW, (1, 2), jaw / np.sin(jaw_angle))
    for eye in range(2):
        first = _EYES + 9 * eye
        down, up, inward, outward = (
            (looks[eye, way], look_angles[way]) for way in ("Down", "Up", "In", "Out")
        )
        _add_turn(result, first, (1, 2), down, up)
        _add_turn(result, first, (2, 0), *((outward, inward) if eye == 0 else (inward, outward)))
    return result


def _add_turn(
    result: Float64Array,
    first: int,
    axes: tuple[int, int],
    plus: tuple[Float64Array, float],
    minus: tuple[Float64Array, float],
) -> None:
    """Fit sine and cosine parts so that the corrective has one shape at a turn of plus its angle, the
    other at minus its own."""
    system = np.array(
        [[sign * np.sin(angle), 1.0 - np.cos(angle)] for sign, angle in ((1, plus[1]), (-1, minus[1]))]
    )
    sine, cosine = np.einsum("ij,jnk->ink", np.linalg.inv(system), np.stack([plus[0], minus[0]]))
    _add_sine(result, first, axes, sine)
    # Entry (2, 2) changes with turns up and down and with turns aside: each takes its other one.
    own = min(axis for axis in axes if axis != _SHARED_AXIS)
    result[:, :, first + 4 * own] -= cosine


def _add_sine(result: Float64Array, first: int, axes: tuple[int, int], sine: Float64Array) -> None:
    """Spread `sine` over the two off-diagonal entries (a, b) = -sin and (b, a) = sin of a turn from axis a
    to b."""
    a, b = axes
    result[:, :, first + 3 * a + b] -= 0.5 * sine
    result[:, :, first + 3 * b + a] += 0.5 * sine

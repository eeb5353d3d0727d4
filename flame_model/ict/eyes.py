"""Fit the archive's eyes: centres of rotation, round eyeballs, and lids and shapes that stay outside them."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.geometry.smoothstep import smoothstep
from flame_model.ict import layout

_BALL_RADIUS = 1.485
"""Centimetres; the archive's corneas reach 1.57 and penetrate the lids' margins, which lie at 1.5."""
_LID_RADIUS = 1.50
"""Centimetres; least distance of lids from the eye's centre. Half-closed and wide eyes press the lids
in by 0.2 mm."""
_GLIDE_RADII = (1.15, 1.5)
"""Eyeball radii within which skin never moves towards the centre, and beyond which it moves freely."""
_FIT_RINGS = slice(1 + 9 * layout.EYEBALL_COLUMNS, 1 + 17 * layout.EYEBALL_COLUMNS)
"""Vertices of an eyeball between iris and equator: rings 10 to 17 counted from the front pole."""


def eye_center(neutral: Float64Array, side: int) -> Float64Array:
    """Return the centre (3,) of the sphere through the rings between iris and equator, by least squares."""
    rings = neutral[slice(*layout.EYEBALL_VERTICES[side])][_FIT_RINGS]
    system = np.concatenate([2.0 * rings, np.ones((len(rings), 1))], axis=1)
    return np.asarray(np.linalg.lstsq(system, (rings**2).sum(1), rcond=None)[0][:3])


def seated_eyes(neutral: Float64Array) -> Float64Array:
    """Return the archive's vertices (V, 3) with round eyeballs that look along +z, and lids outside them."""
    seated = neutral.copy()
    for side, vertices in enumerate(layout.EYEBALL_VERTICES):
        center = eye_center(neutral, side)
        ball, face = slice(*vertices), slice(*layout.FACE_VERTICES)
        seated[ball] = _seated_eyeball(neutral[ball], center)
        seated[face] = _outside(seated[face], center)
    return seated


def _outside(points: Float64Array, center: Float64Array) -> Float64Array:
    """Return points (N, 3) with those inside the front of the eyeball pushed out to _LID_RADIUS."""
    spoke = points - center
    radius = np.linalg.norm(spoke, axis=1, keepdims=True)
    inside = (radius < _LID_RADIUS) & (spoke[:, 2:] > 0.0)
    return np.asarray(center + spoke * np.where(inside, _LID_RADIUS / radius, 1.0))


def _seated_eyeball(ball: Float64Array, center: Float64Array) -> Float64Array:
    """Return the eyeball (N, 3), front pole first, made round and turned to look along +z."""
    axis = ball[0] - center
    axis /= np.linalg.norm(axis)
    spoke = (ball - center) @ _turn_to_front(axis).T
    return np.asarray(center + spoke / np.linalg.norm(spoke, axis=1, keepdims=True) * _BALL_RADIUS)


def _turn_to_front(axis: Float64Array) -> Float64Array:
    """Return the smallest rotation (3, 3) that takes a unit `axis` to +z."""
    x, y, z = axis
    cross = np.array([[0.0, 0.0, -x], [0.0, 0.0, -y], [x, y, 0.0]])
    return np.asarray(np.eye(3) + cross + cross @ cross / (1.0 + z))


def gliding(shape: Float64Array, seated: Float64Array) -> Float64Array:
    """Return an expression's displacement (V, 3) without its part into the eyeballs of `seated` (V, 3).

    The archive's cheekSquint at 1.5 penetrates them by 0.6 mm.
    """
    gliding = shape.copy()
    for side in range(2):
        spoke = seated - eye_center(seated, side)
        distance = np.linalg.norm(spoke, axis=1)
        ray = spoke / distance[:, None]
        near = smoothstep(_GLIDE_RADII[1], _GLIDE_RADII[0], distance / _BALL_RADIUS)
        inward = np.minimum((gliding * ray).sum(axis=1), 0.0)
        gliding -= (near * inward)[:, None] * ray
    return gliding

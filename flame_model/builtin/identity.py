"""Rotate the measured identity components so that each mainly changes one named trait of the face.

With the measured components M (10, 468, 3) and the matrix C (10, 10) of each trait's change per component,
rows normalized, the named components are Q M, where Q = U V^T is the orthogonal matrix nearest to
C = U diag(d) V^T (Loewdin 1950). They span the same faces and stay uncorrelated. The distances below were
chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.skin.lids import lid_rim
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS
from flame_model.geometry.smoothstep import smoothstep

X, Y, Z = range(3)
TRAITS: dict[str, tuple[tuple[int, int, float], ...]] = {
    "longer face": ((152, Y, -1.0), (377, Y, -1.0)),
    "jutting chin": ((199, Z, 1.0), (175, Z, 1.0)),
    "longer nose": ((2, Y, -1.0), (1, Y, -1.0)),
    "projecting nose": ((4, Z, 1.0), (1, Z, 1.0)),
    "taller forehead": ((10, Y, 1.0), (338, Y, 1.0)),
    "higher brows": ((334, Y, 1.0), (296, Y, 1.0), (282, Y, 1.0)),
    "wider jaw": ((397, X, 1.0), (365, X, 1.0), (288, X, 1.0)),
    "wider mouth": ((291, X, 1.0),),
    "fuller lips": ((0, Y, 1.0), (17, Y, -1.0), (267, Y, 1.0), (314, Y, -1.0)),
    "wider nose": ((294, X, 1.0), (278, X, 1.0), (331, X, 1.0)),
}
"""Trait name to (landmark, axis, sign), landmarks on the left side or the midline. Of nineteen traits tried,
these ten are visible and are separated well by the ten measured components: each named component has a
correlation of 0.76 to 0.85 with its trait."""
LIP_REACH = 0.012
"""Metres from the line between the lips over which the correction that keeps them together fades out."""
EYE_REACH = (0.018, 0.032)
"""Metres from the eye's centre up to which skin keeps its distance to the eyeball, and beyond which it moves
freely."""


def named_identity(measured: Float64Array, face: Float64Array) -> dict[str, Float64Array]:
    """Return the named components (468, 3) in metres per standard deviation.

    `measured` (10, 468, 3) are the measured components. The lips of the rest `face` (468, 3) stay closed and
    its lids stay on the eyeballs.
    """
    changes = np.array([_change(measured, trait) for trait in TRAITS.values()])
    left, _, right = np.linalg.svd(changes / np.linalg.norm(changes, axis=1, keepdims=True))
    shapes = np.tensordot(left @ right, measured, axes=1)
    return {name: _seated(_together(shape, face), face) for name, shape in zip(TRAITS, shapes, strict=True)}


def _change(measured: Float64Array, trait: tuple[tuple[int, int, float], ...]) -> Float64Array:
    """Return the change (10,) of a trait in metres per unit of each measured component."""
    return np.sum([sign * measured[:, landmark, axis] for landmark, axis, sign in trait], axis=0)


def _together(shape: Float64Array, face: Float64Array) -> Float64Array:
    """Return `shape` without the part that opens the lips; the correction fades out around them."""
    upper, lower = np.array(t.UPPER_INNER_LIP), np.array(t.LOWER_INNER_LIP)
    parting = 0.5 * (shape[upper] - shape[lower])
    line = 0.5 * (face[upper] + face[lower])
    place = face[:, 0]
    half = np.stack([np.interp(place, line[:, 0], parting[:, i], left=0.0, right=0.0) for i in range(3)], -1)
    height = face[:, 1] - np.interp(place, line[:, 0], line[:, 1])
    side = np.sign(height) * smoothstep(LIP_REACH, 0.0, np.abs(height))
    side[upper[1:-1]], side[lower[1:-1]] = 1.0, -1.0
    together = shape - side[:, None] * half
    middle = 0.5 * (shape[upper] + shape[lower])
    together[upper], together[lower] = middle, middle
    return together


def _seated(shape: Float64Array, face: Float64Array) -> Float64Array:
    """Return `shape` with lids at a constant distance from their eyeball, which moves with its rim."""
    seated = shape.copy()
    for side, center in enumerate(EYE_CENTERS):
        ray = face - center
        distance = np.linalg.norm(ray, axis=1, keepdims=True)
        outward = ray / distance
        aside = ((shape - shape[lid_rim(side)].mean(0)) * outward).sum(1, keepdims=True)
        near = smoothstep(EYE_REACH[1], EYE_REACH[0], distance)
        seated -= near * aside * outward
    return seated

"""Seat the eyelids on the eyeballs, and keep them there in every shape; the distances were chosen by eye."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array, Int64Array
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS

LID_RADIUS = 0.0134
"""Metres from the eye's centre to the lid's outer rim; more than EYE_RADIUS, as expressions press lids in."""
SEAL = 0.0016
"""Metres by which the lids' inner margins lie inside the eyeball, so that they stay there in wide eyes."""
_GLIDE_M = 0.021
"""Metres from the eye's centre within which skin lies on the eyeball."""

_UPPER = (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)
_LOWER = (t.LEFT_LOWER_LID, t.RIGHT_LOWER_LID)


def lid_rim(side: int) -> Int64Array:
    """Return the 16 landmarks around the left (0) or right (1) eye from the outer corner, upper lid first."""
    return np.array(_UPPER[side] + _LOWER[side][-2:0:-1])


def seat_lids(face: Float64Array) -> Float64Array:
    """Return `face` (468, 3) with lid rims at LID_RADIUS and all skin around them outside the eyeball."""
    seated = face.copy()
    for side, center in enumerate(EYE_CENTERS):
        rim = lid_rim(side)
        inner_corner = _UPPER[side][-1]
        ray = seated - center
        distance = np.linalg.norm(ray, axis=1)
        on_rim = np.isin(np.arange(len(face)), rim[rim != inner_corner])
        target = np.where(on_rim, LID_RADIUS, np.maximum(distance, LID_RADIUS + 0.0006))
        close = distance < 0.030
        seated[close] = center + ray[close] * (target / distance)[close, None]
    return seated


def glide(face: Float64Array, shape: Float64Array) -> Float64Array:
    """Return `shape` (468, 3) with lids that stay on the eyeballs and skin that does not sink into them."""
    gliding = shape.copy()
    for side, center in enumerate(EYE_CENTERS):
        distance = np.linalg.norm(face - center, axis=1)
        ray = face + shape - center
        length = np.linalg.norm(ray, axis=1)
        held = (distance < _GLIDE_M) & (length < distance)
        held[lid_rim(side)] = True
        gliding[held] = (center + ray * (distance / length)[:, None] - face)[held]
    return gliding


def margin_points(rim: Float64Array, center: Float64Array) -> Float64Array:
    """Return the inner edge (16, 3) of the lid margin: inside the eyeball, straight below the rim."""
    ray = rim - center
    return np.asarray(center + ray / np.linalg.norm(ray, axis=1, keepdims=True) * (EYE_RADIUS - SEAL))

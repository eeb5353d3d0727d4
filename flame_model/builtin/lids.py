"""Eyelids: where the eyeballs sit, and lids and their margins that stay on them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.builtin import topology as t

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

EYE_CENTERS = np.array([[0.0312, 0.0310, -0.0150], [-0.0312, 0.0310, -0.0150]])
"""Left and right, metres; chosen so that the measured lids lie at an even distance from them."""
EYE_RADIUS = 0.0117
"""Metres; adult eyeballs measure 24 mm across (Bekerman et al. 2014), less the lids' thickness they press
on."""
LID_RADIUS = 0.0134
"""Metres from the eye's centre to the lid's outer rim: room for what expressions press in."""
SEAL = 0.0016
"""Metres that the lids' inner margins lie within the eyeball: they stay there when wide eyes lift them."""
_GLIDE_M = 0.021
"""Distance from the eye's centre within which skin lies on the eyeball."""

_UPPER = (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)
_LOWER = (t.LEFT_LOWER_LID, t.RIGHT_LOWER_LID)


def lid_rim(side: int) -> IntArray:
    """Return the 16 landmarks around the left (0) or right (1) eye: upper lid from the outer corner, lower
    lid back."""
    return np.array(_UPPER[side] + _LOWER[side][-2:0:-1])


def seat_lids(face: FloatArray) -> FloatArray:
    """Return `face` (468, 3) with the lids pushed to LID_RADIUS, and no skin around them inside the
    eyeball."""
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


def glide(face: FloatArray, shape: FloatArray) -> FloatArray:
    """Return the (468, 3) `shape` with lids that stay on the eyeballs and skin around them that never sinks
    in."""
    gliding = shape.copy()
    for side, center in enumerate(EYE_CENTERS):
        distance = np.linalg.norm(face - center, axis=1)
        ray = face + shape - center
        length = np.linalg.norm(ray, axis=1)
        held = (distance < _GLIDE_M) & (length < distance)
        held[lid_rim(side)] = True
        gliding[held] = (center + ray * (distance / length)[:, None] - face)[held]
    return gliding


def margin_points(rim: FloatArray, center: FloatArray) -> FloatArray:
    """Return the inner edge of the lid margin: straight below the (16, 3) rim, inside the eyeball."""
    ray = rim - center
    return np.asarray(center + ray / np.linalg.norm(ray, axis=1, keepdims=True) * (EYE_RADIUS - SEAL))

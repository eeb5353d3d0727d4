"""Eyelids: where the eyeballs sit, the lids' margins, and the shapes that shut the eyes along the eyeball's
surface."""

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
"""Metres from the eye's centre to the lid's outer rim: thick enough that a straight path shuts it outside
the eye."""
MEETING = 0.80
"""Share of the opening that the upper lid travels to where the lids meet."""
_GLIDE_M = 0.021
"""Distance from the eye's centre within which skin lies on the eyeball."""
_FALLOFF_M = 0.0125
"""Distance above the rim at which the skin no longer follows."""

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
    """Return the inner edge of the lid margin: straight below the (16, 3) rim, just inside the eyeball."""
    ray = rim - center
    return np.asarray(center + ray / np.linalg.norm(ray, axis=1, keepdims=True) * (EYE_RADIUS - 0.0006))


def closing_shape(face: FloatArray, side: int) -> FloatArray:
    """Return the (468, 3) displacement that shuts one eye: both rims to one curve on the eyeball, skin
    following."""
    center = EYE_CENTERS[side]
    upper, lower = np.array(_UPPER[side]), np.array(_LOWER[side])
    meeting = (1.0 - MEETING) * face[upper] + MEETING * face[lower]
    ray = meeting - center
    radius = np.linalg.norm(face[upper] - center, axis=1, keepdims=True)
    meeting = center + ray / np.linalg.norm(ray, axis=1, keepdims=True) * np.maximum(radius, LID_RADIUS)
    shape = np.zeros_like(face)
    shape[upper[1:-1]] = (meeting - face[upper])[1:-1]
    shape[lower[1:-1]] = (meeting - face[lower])[1:-1]
    return shape + _skin_follows(face, shape, side)


def _skin_follows(face: FloatArray, shape: FloatArray, side: int) -> FloatArray:
    """Let the skin above and below follow its nearest rim points, fading with distance, never into the
    eyeball."""
    rim = lid_rim(side)
    others = np.setdiff1d(np.arange(len(face)), rim)
    distance = np.linalg.norm(face[others, None] - face[None, rim], axis=2)
    fade = np.clip(1.0 - distance.min(1) / _FALLOFF_M, 0.0, 1.0)
    nearness = np.exp(-((distance / 0.004) ** 2))
    share = nearness / np.maximum(nearness.sum(1, keepdims=True), 1e-12)
    moved = face[others] + (fade**1.2)[:, None] * (share @ shape[rim])
    ray = moved - EYE_CENTERS[side]
    length = np.linalg.norm(ray, axis=1, keepdims=True)
    near = (distance.min(1) < _FALLOFF_M)[:, None]
    moved = np.where(near, EYE_CENTERS[side] + ray * np.maximum(1.0, (LID_RADIUS + 0.0004) / length), moved)
    follows = np.zeros_like(face)
    follows[others] = moved - face[others]
    return follows

"""Paint the vertex colours of a face by its landmarks: skin, lips, brows, lids, cheeks, nostrils, hair.

All colours (sRGB 0..1), places and strengths were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array
from flame_model.face import topology as t
from flame_model.geometry.smoothstep import smoothstep

SKIN = np.array([0.80, 0.60, 0.50])
LIP = np.array([0.66, 0.35, 0.34])
HAIR = np.array([0.16, 0.11, 0.08])
BLUSH = np.array([0.82, 0.48, 0.42])
LID = np.array([0.66, 0.45, 0.38])
MARGIN = np.array([0.62, 0.38, 0.34])
LINING = np.array([0.30, 0.09, 0.09])
DARK = np.array([0.22, 0.10, 0.08])
EARS = ((0.078, 0.008, -0.092), (0.020, 0.038, 0.033))
"""Centre and radii of the left ear on the measured face in metres, where no hair grows."""

Spread = Callable[[npt.ArrayLike], Float64Array]
"""Takes landmark indices; returns for each vertex (V,) the share 0..1 of it that follows these landmarks."""


def paint_face(vertices: Float64Array, spread: Spread) -> Float64Array:
    """Return sRGB colours (V, 3) for the `vertices` (V, 3) of a face aligned with the measured face."""
    noise = _noise(vertices)
    color = np.broadcast_to(SKIN, vertices.shape) * (1.0 + 0.03 * noise[:, None])
    color = blend(
        color, BLUSH, 0.30 * blobs(vertices, ((0.040, -0.002, -0.008), (-0.040, -0.002, -0.008)), 0.020)
    )
    color = blend(color, BLUSH, 0.28 * blobs(vertices, ((0.0, -0.002, 0.032),), 0.014))
    color = blend(
        color, LID, 0.45 * blobs(vertices, ((0.031, 0.038, -0.004), (-0.031, 0.038, -0.004)), 0.011)
    )
    color = blend(color, DARK, 0.75 * _nostrils(vertices))
    color = blend(color, HAIR, 0.62 * smoothstep(-0.008, 0.012, hair_growth(vertices) + 0.003 * noise))
    lips = np.clip(spread(t.OUTER_LIPS) * 0.45 + spread(t.LIP_MIDDLE) + spread(_inner_lips()), 0.0, 1.0)
    color = blend(color, LIP, 0.85 * smoothstep(0.25, 0.75, lips))
    brows = spread(t.LEFT_BROW + t.RIGHT_BROW)
    color = blend(color, HAIR, 0.88 * smoothstep(0.52, 0.86, brows + 0.08 * noise))
    lashes = spread(t.LEFT_UPPER_LID[1:-1] + t.RIGHT_UPPER_LID[1:-1])
    return blend(color, HAIR, 0.80 * smoothstep(0.45, 0.70, lashes))


def _inner_lips() -> tuple[int, ...]:
    return t.UPPER_INNER_LIP + t.LOWER_INNER_LIP


def blend(color: Float64Array, other: npt.ArrayLike, share: Float64Array) -> Float64Array:
    """Return colours (..., 3) mixed with a share (...) of the colours `other` (3,) or (..., 3)."""
    return np.asarray(color + (np.asarray(other) - color) * share[..., None])


def blobs(vertices: Float64Array, centers: npt.ArrayLike, size: float) -> Float64Array:
    """Return the sum (V,) of a Gaussian exp(-r^2 / size^2) around each of `centers` (N, 3); metres."""
    distance = np.linalg.norm(vertices[:, None] - np.array(centers)[None], axis=2)
    return np.asarray(np.exp(-((distance / size) ** 2)).sum(1))


def _nostrils(vertices: Float64Array) -> Float64Array:
    """Return 1 in the nostrils, which the tracker's mesh leaves closed, else 0 (V,)."""
    scaled = (
        vertices[:, None] - np.array([[0.0078, -0.0140, 0.0180], [-0.0078, -0.0140, 0.0180]])[None]
    ) / np.array([0.0040, 0.0036, 0.0075])
    return np.asarray(np.exp(-((scaled**2).sum(2) ** 2)).sum(1))


def hair_growth(points: npt.NDArray[np.floating]) -> Float64Array:
    """Return the height (...) in metres of points (..., 3) above the hairline.

    The hairline runs from the forehead past the ears to the nape.
    """
    _, y, z = np.moveaxis(points, -1, 0)
    line = np.interp(
        z,
        [-0.20, -0.125, -0.095, -0.070, -0.050, -0.030, 0.010],
        [-0.050, -0.050, 0.0, 0.018, 0.050, 0.078, 0.092],
    )
    return np.asarray(y - line)


def ear_share(vertices: Float64Array) -> Float64Array:
    """Return 1 (V,) in the ears of the measured face, 0 away from them."""
    middle, radii = np.array(EARS)
    scaled = (np.abs(vertices[:, :1]) * (1, 0, 0) + vertices * (0, 1, 1) - middle) / radii
    return smoothstep(1.2, 0.9, np.linalg.norm(scaled, axis=1))


def _noise(vertices: Float64Array) -> Float64Array:
    """Return repeatable pseudo-random numbers (V,) in -1..1, the same on both sides of the face."""
    key = (
        np.round(np.abs(vertices[:, 0]) * 1e5)
        + np.round(vertices[:, 1] * 1e5) * 7.13
        + np.round(vertices[:, 2] * 1e5) * 3.77
    )
    return np.asarray(2.0 * np.modf(np.abs(np.sin(key) * 43758.5453))[0] - 1.0)

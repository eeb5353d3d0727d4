"""Paint bare skin into a texture: blood, pigment, pores, shaved beard and scalp, nostrils and ear canals.

All colours, radii and strengths were chosen by eye.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array
from flame_model.face.ears import canal
from flame_model.geometry.smoothstep import smoothstep
from flame_model.paint.face_colors import SKIN, blend, hair_growth
from flame_model.paint.texture_points import finest_grain, grain, noise

Points = npt.NDArray[np.floating]

BLOOD = np.array([0.01, -0.13, -0.11])
PIGMENT = np.array([-0.09, -0.12, -0.15])
"""Relative change of the sRGB colour per unit of blood and of pigment."""
ZONES = (
    # landmarks, radius in metres, blood, pigment
    ((50, 280), 0.021, 0.50, 0.0),  # cheekbones
    ((205, 425), 0.019, 0.35, 0.0),  # cheeks
    ((1, 4), 0.011, 0.60, 0.0),  # tip of the nose
    ((129, 358), 0.009, 0.65, 0.1),  # wings of the nose
    ((199, 152), 0.013, 0.35, 0.0),  # chin
    ((159, 386, 27, 257), 0.008, 0.16, 0.06),  # upper lids
    ((230, 450, 231, 451), 0.0075, 0.26, 0.18),  # below the eyes
    ((133, 362), 0.004, 0.70, 0.3),  # inner corners
    ((9, 107, 336), 0.014, 0.15, 0.0),  # between the brows
    ((151, 337, 108), 0.026, -0.25, -0.20),  # forehead
    ((18, 200), 0.010, 0.20, -0.30),  # below the lower lip, where shadow gathers
    ((2, 164), 0.006, 0.35, 0.0),  # below the nose
)
EAR_BLOOD = 0.75
NOSTRILS = ((328, 326, 290, 250), (99, 97, 60, 20))
"""Landmarks around the left and the right nostril."""
NOSTRIL_RADII = np.array([0.0040, 0.0025, 0.0075])
"""Metres along x, y and z."""
DARK = np.array([0.20, 0.085, 0.07])
"""Colour of nostrils and ear canals."""
SHAVED, STUBBLE = 0.55, np.array([0.21, 0.175, 0.16])
"""Share of hair on a shaved scalp, and its colour, which is cooler than that of long hair."""

STUBBLE_GRAINS_M = (0.0007, 0.0011, 0.0017, 0.0027)
"""Widths of the grains of stubble; the back of the head, where pixels are larger, shows the coarser ones."""


def complexion(points: Points, landmarks: Float64Array, ears: Float64Array) -> Float64Array:
    """Return sRGB colours (H, W, 3) of the skin at points (H, W, 3) in metres, without lips and brows.

    `landmarks` (468, 3) are those of the face; `ears` (H, W) is 1 on ears and other hairless skin.
    """
    blood = 0.12 * noise(points, 60.0, 1) + 0.09 * noise(points, 210.0, 2) + 0.09 * noise(points, 650.0, 3)
    pigment = 0.08 * noise(points, 45.0, 4) + 0.08 * noise(points, 330.0, 5)
    for where, radius, more_blood, more_pigment in ZONES:
        share = near(points, landmarks[list(where)], radius)
        blood += more_blood * share
        pigment += more_pigment * share
    blood += EAR_BLOOD * ears
    color = SKIN * (1.0 + blood[..., None] * BLOOD + pigment[..., None] * PIGMENT)
    color *= 1.0 - 0.024 * _pores(points, landmarks)[..., None]
    color = blend(color, color * (0.90, 0.93, 0.96), _beard(points, landmarks))
    color = blend(color, STUBBLE, _stubble(points) * (1.0 - ears))
    return blend(color, DARK, 0.92 * _nostrils(points, landmarks) + ears * _ear_hollow(points))


def near(points: Points, centers: Float64Array, radius: float) -> Float64Array:
    """Return 1 - prod_i (1 - exp(-r_i^2 / radius^2)) with the distances r_i to `centers` (N, 3), metres."""
    away = np.ones(points.shape[:-1])
    for center in centers:
        away *= 1.0 - np.exp(-((points - center) ** 2).sum(axis=-1) / radius**2)
    return 1.0 - away


def _pores(points: Points, landmarks: Float64Array) -> Float64Array:
    """Return the darkness (H, W) of pores, of standard deviation 1; greatest on nose and cheeks."""
    pits = grain(points, 0.00045, 7)
    texture = 0.5 * grain(points, 0.00095, 8) + pits + 0.7 * np.maximum(pits - 0.6, 0.0)
    return texture * (0.65 + 0.55 * near(points, landmarks[[5, 1, 205, 425]], 0.020))


def _beard(points: Points, landmarks: Float64Array) -> Float64Array:
    """Return the share (H, W) of a shaved beard: around the mouth and along the jaw."""
    where = landmarks[[164, 18, 200, 152, 57, 287, 172, 397, 150, 379]]
    return 0.36 * near(points, where, 0.019) * (1.0 + 0.25 * grain(points, 0.0004, 9))


def _stubble(points: Points) -> Float64Array:
    """Return the share (H, W) of shaved hair on the scalp, fading over two centimetres at the hairline."""
    uneven = 0.0030 * noise(points, 80.0, 10) + 0.0015 * noise(points, 420.0, 11)
    dense = smoothstep(-0.014, 0.026, hair_growth(points) + uneven)
    dots = 0.25 * grain(points, 0.0011, 12) + 0.6 * finest_grain(points, STUBBLE_GRAINS_M, 14)
    return np.clip(SHAVED * dense * (0.90 + 0.20 * dots) + 0.02 * dense * noise(points, 60.0, 13), 0.0, 0.9)


def _nostrils(points: Points, landmarks: Float64Array) -> Float64Array:
    """Return 1 in the nostrils, which the tracker's mesh leaves closed, else 0 (H, W)."""
    dark = np.zeros(points.shape[:-1])
    for hollow in NOSTRILS:
        scaled = (points - landmarks[list(hollow)].mean(axis=0)) / NOSTRIL_RADII
        dark += np.exp(-((scaled**2).sum(axis=-1) ** 2))
    return np.minimum(dark, 1.0)


def _ear_hollow(points: Points) -> Float64Array:
    """Return the darkness (H, W) of the hollow of each ear, greatest in its canal."""
    left = np.concatenate([np.abs(points[..., :1]), points[..., 1:]], axis=-1)
    return 0.80 * near(left, canal()[None], 0.0045) + 0.20 * near(left, canal()[None], 0.0130)

"""Draw lips, brows, lid folds, lash lines and freckles into a texture at the landmarks' pixels.

All colours, widths and strengths were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter

from flame_model.arrays import Float64Array
from flame_model.face import topology as t
from flame_model.geometry.smoothstep import smoothstep
from flame_model.paint.face_colors import HAIR, blend
from flame_model.paint.strokes import covered_area, covered_by_lines, smooth_line
from flame_model.paint.texture_points import noise

LIP = np.array([0.68, 0.37, 0.36])
LASH = np.array([0.10, 0.065, 0.05])
LASH_LINE, NO_LASHES_LINE = (0.9, 0.35), (1.7, 0.85)
"""Width in mm and strength of the line on the upper lid's edge: below lashes, and instead of them."""
BROW_HAIRS = 460
BROW_SHADOW, SHADOW_MM = 0.27, 1.6
"""Strength of the soft ground below a brow's hairs, and how far it fades."""
LIGHT_HAIR, LIGHT_SHARE = HAIR + np.array([0.10, 0.07, 0.03]), 0.15
"""Colour and share of the hairs that catch the light; without them a brow seen small is one dark bar."""
BROW_PLACES, BROW_HEIGHTS = (0.0, 0.10, 0.45, 0.80, 1.0), (0.70, 0.92, 0.86, 0.55, 0.20)
"""Height of a brow's hair at shares of its length from the nose, as shares of the tracker's outline."""
FRECKLES = 170
FRECKLED = (5, 195, 50, 280, 205, 425, 118, 347, 117, 346)
"""Landmarks around which freckles lie: nose and cheeks."""
FRECKLE = np.array([0.58, 0.38, 0.29])
LID_FOLDS = ((1.40, 1.2, 0.60), (1.0, 0.8, 0.35), (1.20, 0.5, 0.20), (0.75, 0.5, 0.20), (0.50, 0.4, 0.12))
"""Folds of the upper lid, its crease first: rows of landmarks above the edge, width in mm, strength."""
FOLD = np.array([0.50, 0.29, 0.24])
HAIR_MM = 6.5
"""Length of the hairs in the middle of a brow; a third less at its ends."""


def paint_features(
    color: Float64Array, pixels: Float64Array, pixel_mm: float, *, lashes: bool
) -> Float64Array:
    """Return colours (H, W, 3) with all features drawn at the landmarks' pixels (468, 2).

    `pixel_mm` are the millimetres per pixel; `lashes` tells whether the head has lashes.
    """
    upper = LASH_LINE if lashes else NO_LASHES_LINE
    color = blend(color, FRECKLE, _freckles(pixels, pixel_mm, len(color)))
    color = _lips(color, pixels, pixel_mm)
    for rows in (t.LEFT_LID_ROWS, t.RIGHT_LID_ROWS):
        color = _lid_folds(color, pixels[np.array(rows)], pixel_mm)
    for contour, width, strength in (
        (t.LEFT_UPPER_LID, *upper),
        (t.RIGHT_UPPER_LID, *upper),
        (t.LEFT_LOWER_LID, 0.5, 0.18),
        (t.RIGHT_LOWER_LID, 0.5, 0.18),
    ):
        color = blend(color, LASH, strength * _lash_line(pixels[list(contour)], width / pixel_mm, len(color)))
    for seed, brow in enumerate((t.LEFT_BROW, t.RIGHT_BROW)):
        color = _brow(color, pixels[list(brow)], pixel_mm, seed)
    return color


def _freckles(pixels: Float64Array, pixel_mm: float, size: int) -> Float64Array:
    """Return the share (size, size) of each pixel that freckles cover."""
    random = np.random.default_rng(22)
    middles = pixels[random.choice(FRECKLED, FRECKLES)] + random.normal(0.0, 11.0 / pixel_mm, (FRECKLES, 2))
    widths = random.uniform(0.4, 1.5, FRECKLES) / pixel_mm
    strengths = 0.55 * random.beta(1.2, 3.0, FRECKLES)
    dots = zip(np.stack([middles, middles + 0.1], axis=1), widths, strengths, strict=True)
    return gaussian_filter(covered_by_lines(dots, size), 0.25 / pixel_mm)


def _lips(color: Float64Array, pixels: Float64Array, pixel_mm: float) -> Float64Array:
    """Draw the lips: red with vertical creases, darker at seam and corners, lighter below the middle."""
    size = len(color)
    inside = covered_area([smooth_line(pixels[list(t.OUTER_LIPS)], 200, closed=True)], size)
    depth = distance_transform_edt(inside > 0.5) * pixel_mm
    between = smooth_line(pixels[list(t.UPPER_INNER_LIP)], 120)
    left, right = between[0], between[-1]
    middle, half_width = 0.5 * (left + right), 0.5 * float(np.linalg.norm(right - left))
    rows, columns = np.mgrid[:size, :size].astype(np.float64)
    line = np.interp(columns, between[:, 0], between[:, 1])
    above = (line - rows) * pixel_mm
    across = (columns - middle[0]) / half_width
    fan = across * (1.0 - 0.022 * np.abs(above)) * half_width * pixel_mm
    place = np.stack([fan, 0.10 * above, np.zeros_like(fan)], axis=-1)
    creases = 0.6 * noise(place, 0.9, 20) + 0.5 * noise(place, 2.0, 21)
    soft = gaussian_filter(inside, 0.8 / pixel_mm) * smoothstep(0.0, 1.3, depth + 0.08 * creases)
    seam = np.exp(-((above / 1.0) ** 2))
    shade = 1.0 + 0.038 * creases * smoothstep(0.3, 2.5, depth) - 0.22 * seam - 0.06 * (above > 0.0)
    shade += 0.07 * np.exp(-(((above + 4.5) / 2.2) ** 2)) * smoothstep(0.8, 0.4, np.abs(across))
    shade -= 0.10 * smoothstep(0.7, 1.0, np.abs(across))
    return blend(color, LIP * shade[..., None], 0.88 * soft)


def _lid_folds(color: Float64Array, rows: Float64Array, pixel_mm: float) -> Float64Array:
    """Draw the folds that closed lids show, along the landmark rows (3, 7, 2) of an upper lid."""
    for row, width, strength in LID_FOLDS:
        below = int(row)
        line = smooth_line(rows[below] + (row - below) * (rows[below + 1] - rows[below]), 48)
        pixels_wide = width / pixel_mm
        drawn = covered_by_lines([(line, pixels_wide, 1.0), (line[::-1], pixels_wide, 1.0)], len(color))
        color = blend(
            color, FOLD, strength * np.minimum(1.6 * gaussian_filter(drawn, 0.5 * pixels_wide), 1.0)
        )
    return color


def _lash_line(contour: Float64Array, width: float, size: int) -> Float64Array:
    """Return the share (size, size) of each pixel under a soft line along a lid's contour (N, 2)."""
    line = smooth_line(contour, 48)
    drawn = covered_by_lines([(line, width, 1.0), (line[::-1], width, 1.0)], size)
    return np.minimum(gaussian_filter(drawn, 0.35 * width) * 1.25, 1.0)


def _brow(color: Float64Array, corners: Float64Array, pixel_mm: float, seed: int) -> Float64Array:
    """Draw a brow between its landmarks (10, 2): the upper edge from the outside in, then the lower edge."""
    upper, lower = _groomed(smooth_line(corners[4::-1], 50), smooth_line(corners[:4:-1], 50))
    size = len(color)
    outline = np.concatenate([upper, lower[::-1]])
    shadow = gaussian_filter(covered_area([outline], size), SHADOW_MM / pixel_mm)
    color = blend(color, HAIR, BROW_SHADOW * smoothstep(0.10, 1.0, shadow))
    hairs = list(_hairs(upper, lower, pixel_mm, seed))
    light = round(LIGHT_SHARE * len(hairs))
    for tint, some in ((HAIR, hairs[light:]), (LIGHT_HAIR, hairs[:light])):
        color = blend(color, tint, 0.92 * np.minimum(1.3 * covered_by_lines(some, size), 1.0))
    return color


def _groomed(upper: Float64Array, lower: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return the edges (50, 2) of a brow's hair within the tracker's outline.

    The tracker's outline is as high at the tail as at the nose; hair becomes thin towards the tail.
    """
    share = np.linspace(0.0, 1.0, len(upper))[:, None]
    middle = lower + 0.45 * (upper - lower)
    height = np.interp(share, BROW_PLACES, BROW_HEIGHTS)
    return middle + height * (upper - middle), middle + height * (lower - middle)


def _hairs(
    upper: Float64Array, lower: Float64Array, pixel_mm: float, seed: int
) -> Iterator[tuple[Float64Array, float, float]]:
    """Yield the hairs (points in pixels, width, strength) of a brow between its edges (50, 2).

    The edges run from the nose outwards. Hairs near the nose are upright, those near the temple flat.
    """
    random = np.random.default_rng(30 + seed)
    last = len(upper) - 1
    for _ in range(BROW_HAIRS):
        along, up = random.beta(1.1, 1.15), random.beta(1.5, 1.5)
        at = min(int(along * last), last - 1)
        root = lower[at] + (upper[at] - lower[at]) * (0.02 + 0.86 * up)
        outwards = 0.5 * (upper[at + 1] + lower[at + 1] - upper[at] - lower[at])
        outwards /= np.linalg.norm(outwards)
        upwards = np.array([outwards[1], -outwards[0]])
        upwards *= -np.sign(upwards[1])
        lift = np.interp(along, [0.0, 0.12, 0.35, 1.0], [1.30, 0.95, 0.55, 0.15]) * (1.10 - 1.2 * up)
        lift += random.normal(0.0, 0.14)
        length = (
            HAIR_MM
            / pixel_mm
            * (0.60 + 0.40 * np.sin(np.pi * along))
            * random.uniform(0.5, 1.1)
            * (1.05 - 0.4 * up)
        )
        bend = random.normal(-0.30, 0.15)
        angles = lift + bend * np.linspace(0.0, 1.0, 5)
        steps = length / 5.0 * (np.cos(angles)[:, None] * outwards + np.sin(angles)[:, None] * upwards)
        points = np.concatenate([root[None], root + np.cumsum(steps, axis=0)])
        yield (
            points,
            random.uniform(0.16, 0.28) / pixel_mm,
            random.uniform(0.50, 1.0)
            * np.interp(along, [0.0, 0.20, 0.85, 1.0], [0.25, 1.0, 1.0, 0.5])
            * (1.0 - 0.5 * (2.0 * up - 1.0) ** 2),
        )

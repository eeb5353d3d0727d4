"""Paint the wrinkles that expressions show, as changes of the skin's brightness.

Three channels hold seven kinds, one above and one below the channel's border, and in the blue channel a third
one above BROW_BORDER; they are FLAT where the skin stays as it is. All values were chosen by eye.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from flame_model.arrays import Float64Array, Picture
from flame_model.paint.strokes import Lines, covered_by_lines
from flame_model.paint.wrinkles.brow_lines import (
    across_forehead,
    beside_eyes,
    between_brows,
    over_inner_brows,
)
from flame_model.paint.wrinkles.layout import COARSER, FLAT
from flame_model.paint.wrinkles.mouth_lines import around_chin, around_smile, around_sneer, filled_hollow

LINE_MM, OBLIQUE_MM, FURROW_MM, FOOT_MM = 1.4, 1.9, 1.4, 1.0
"""Widths of the lines on the forehead, of the folds over inner brows, of the furrows between the brows and of
crow's feet."""
FOLD_MM, SNEER_MM, CHIN_MM = 2.0, 1.3, 1.5
"""Widths of the folds beside a smile, of the lines on the nose, and of the chin's dimples."""
FAINTEST = 3.5 / 255.0
"""Change of brightness below which the skin stays as it is, so that fewer triangles have wrinkles to draw."""
FILLED = 0.19
"""How much brighter a raised chin's hollow becomes; its shadow is computed at rest, when it is deeper."""


def wrinkle_picture(pixels: Float64Array, pixel_mm: float, size: int) -> Picture:
    """Return the wrinkles (S, S, 3) for a texture of `size` pixels a side.

    `pixels` (468, 2) are the landmarks in the texture, `pixel_mm` the millimetres per pixel there, and
    S = size / COARSER.
    """
    places, mm, side = pixels / COARSER, pixel_mm * COARSER, size // COARSER
    raised = 0.55 * _shade(across_forehead(places), LINE_MM / mm, side, (0.55, 1.0))
    frown = 0.75 * _shade(between_brows(places), FURROW_MM / mm, side, (1.0, 0.25))
    grieved = 0.58 * _shade(over_inner_brows(places), OBLIQUE_MM / mm, side, (0.55, 1.0))
    squint = 0.50 * _shade(beside_eyes(places, mm), FOOT_MM / mm, side, (0.55, 0.6))
    smile = 1.00 * _shade(around_smile(places), FOLD_MM / mm, side, (0.4, 0.3))
    sneer = 0.85 * _shade(around_sneer(places), SNEER_MM / mm, side, (0.4, 0.8))
    chin = 0.32 * _shade(around_chin(places), CHIN_MM / mm, side, (0.6, 0.8))
    chin += FILLED * filled_hollow(places, side)
    shown = np.stack([raised + smile, frown + sneer, squint + chin + grieved], axis=-1)
    shown[np.abs(shown) < FAINTEST] = 0.0
    return np.clip(np.round(FLAT + 255.0 * shown), 0, 255).astype(np.uint8)


def _shade(lines: Lines, width: float, size: int, walls: tuple[float, float]) -> Float64Array:
    """Return the change of brightness (size, size) by grooves of `width` pixels along lines.

    A groove is dark; the wall turned away from the light, which comes from the upper left, is darker still
    and the other one bright. `walls` are the strengths of that for slopes across and down.
    """
    halves = [half for points, strength in lines for half in _from_middle(points, width, strength)]
    groove = gaussian_filter(covered_by_lines(halves, size), 0.5 * width)
    groove /= max(float(groove.max()), 1e-6)
    down, across = np.gradient(groove)
    return -0.20 * groove - 0.30 * width * (walls[0] * across + walls[1] * down)


def _from_middle(
    points: Float64Array, width: float, strength: float
) -> list[tuple[Float64Array, float, float]]:
    """Return both halves of a line as strokes, which become thinner and weaker towards the line's ends."""
    middle = len(points) // 2
    return [(points[middle:], width, strength), (points[middle::-1], width, strength)]

"""Lines of the wrinkles that raised brows, a frown, narrowed eyes and grief show, through landmarks.

Places, lengths and strengths were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.paint.strokes import Lines, smooth_line

COLUMNS = (
    (298, 293),
    (333, 334),
    (299, 296),
    (337, 336),
    (151, 9),
    (108, 107),
    (69, 66),
    (104, 105),
    (68, 63),
)
"""Landmarks in the middle of the forehead and at the brow below, from the left temple to the right."""
LINE_HEIGHTS = (0.48, 0.92, 1.36, 1.76)
"""Heights of the forehead's lines, 0 at the brows and 1 in the middle of the forehead."""
OBLIQUE_COLUMNS = (slice(4, 0, -1), slice(4, 8))
"""The COLUMNS of each half of the forehead, from the middle outwards."""
OBLIQUE_HEIGHTS = (
    (0.52, 0.56, 0.36, 0.06),
    (0.92, 0.98, 0.72, 0.34),
    (1.34, 1.38, 1.12, 0.74),
)
"""Heights, as LINE_HEIGHTS, at which the folds over raised inner brows cross these columns."""
FURROWS = ((285, 336), (55, 107))
"""Landmarks at the lower and upper inner end of each brow, beside which a furrow stands."""
CORNERS = ((362, 263), (133, 33))
"""Landmarks at the inner and the outer corner of each eye."""
FEET = ((0.30, 7.0), (-0.05, 8.5), (-0.45, 7.5))
"""Crow's feet: rise per length outwards from the line through an eye's corners, and length in mm."""
BAGS = ((463, 341, 256, 252, 253, 254), (243, 112, 26, 22, 23, 24))
"""Landmarks along the fold below each eye, from the nose outwards."""


def across_forehead(pixels: Float64Array) -> Lines:
    """Return the lines across the forehead, wavy and broken as people's are."""
    middle, brow = (pixels[list(points)] for points in zip(*COLUMNS, strict=True))
    random, lines = np.random.default_rng(60), []
    for number, height in enumerate(LINE_HEIGHTS):
        # The middle column is lower: the muscle's two halves leave a valley there.
        valley = 0.22 * np.exp(-((np.arange(len(COLUMNS)) - 4.0) ** 2) / 2.0)
        through = brow + (height - valley + random.normal(0.0, 0.02, len(COLUMNS)))[:, None] * (middle - brow)
        line = smooth_line(through, 160)
        strength = (1.0, 1.0, 0.8, 0.55)[number]
        # The line is whole in the middle of each half of the forehead and weak in the middle of the face.
        for part in (slice(2, 84), slice(76, 158)):
            lines.append((line[part], strength * random.uniform(0.7, 0.9)))
    return lines


def over_inner_brows(pixels: Float64Array) -> Lines:
    """Return the folds that rise from above the brows to the middle of the forehead when one grieves."""
    middle, brow = (pixels[list(points)] for points in zip(*COLUMNS, strict=True))
    lines = []
    for half in OBLIQUE_COLUMNS:
        for heights, strength in zip(OBLIQUE_HEIGHTS, (1.0, 0.85, 0.55), strict=True):
            through = brow[half] + np.array(heights)[:, None] * (middle[half] - brow[half])
            lines.append((smooth_line(through, 80), strength))
    return lines


def between_brows(pixels: Float64Array) -> Lines:
    """Return the furrows between the brows, and the fold across the root of the nose."""
    nose, between, forehead = pixels[[168, 9, 151]]
    lines = []
    for low, high in FURROWS:
        foot = 0.45 * nose + 0.25 * between + 0.30 * pixels[low]
        waist = 0.52 * between + 0.48 * (0.5 * pixels[low] + 0.5 * pixels[high])
        top = 0.50 * between + 0.14 * forehead + 0.36 * pixels[high]
        lines.append((smooth_line(np.stack([foot, waist, top]), 40), 1.0))
    return lines


def beside_eyes(pixels: Float64Array, mm: float) -> Lines:
    """Return crow's feet and the fold below each eye; `mm` are the millimetres per pixel."""
    lines = []
    for (inner, outer), bag in zip(CORNERS, BAGS, strict=True):
        outwards = pixels[outer] - pixels[inner]
        outwards /= np.linalg.norm(outwards)
        up = np.array([0.0, -1.0])
        for rise, length in FEET:
            start = pixels[outer] + (4.0 * outwards + 5.0 * rise * up) / mm
            end = start + length * (outwards + rise * up) / mm
            middle = 0.5 * (start + end) + 0.8 * up * np.sign(rise) / mm
            lines.append((smooth_line([start, middle, end], 24), 0.8))
        lines.append((smooth_line(pixels[list(bag)], 48), 0.7))
    return lines

"""Paint the wrinkles that expressions show, as changes of the skin's brightness.

Three channels hold six kinds, one above and one below the channel's border; they are 128 where the skin stays
as it is. All values were chosen by eye.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from flame_model.arrays import Float64Array, Picture
from flame_model.paint.mouth_wrinkles import around_chin, around_smile, around_sneer, filled_hollow
from flame_model.paint.strokes import covered_by_lines, smooth_line

FLAT = 128
"""Value of a channel where the skin stays as it is; 0 is half as bright, 255 one and a half as bright."""
COARSER = 2
"""Pixels of the skin's texture along the side of one pixel of the wrinkles."""
BORDERS = (0.60, 0.685, 0.50)
"""Heights in the texture, 0 at its bottom, at which the kinds of each channel meet: raised brows above a
smile, a frown above a sneer, narrowed eyes above a raised chin, as in `flame_model/face/wrinkling.py`."""
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
LINE_MM, FURROW_MM, FOOT_MM = 1.4, 1.4, 1.0
"""Widths of the lines on the forehead, of the furrows between the brows and of crow's feet."""
FOLD_MM, SNEER_MM, CHIN_MM = 2.0, 1.3, 1.5
"""Widths of the folds beside a smile, of the lines on the nose, and of the chin's dimples."""
FAINTEST = 3.5 / 255.0
"""Change of brightness below which the skin stays as it is, so that fewer triangles have wrinkles to draw."""
FILLED = 0.16
"""How much brighter a raised chin's hollow becomes; its shadow is computed at rest, when it is deeper."""
FURROWS = ((285, 336), (55, 107))
"""Landmarks at the lower and upper inner end of each brow, beside which a furrow stands."""
CORNERS = ((362, 263), (133, 33))
"""Landmarks at the inner and the outer corner of each eye."""
FEET = ((0.30, 7.0), (-0.05, 8.5), (-0.45, 7.5))
"""Crow's feet: rise per length outwards from the line through an eye's corners, and length in mm."""
BAGS = ((463, 341, 256, 252, 253, 254), (243, 112, 26, 22, 23, 24))
"""Landmarks along the fold below each eye, from the nose outwards."""


def wrinkle_picture(pixels: Float64Array, pixel_mm: float, size: int) -> Picture:
    """Return the wrinkles (S, S, 3) for a texture of `size` pixels a side.

    `pixels` (468, 2) are the landmarks in the texture, `pixel_mm` the millimetres per pixel there, and
    S = size / COARSER.
    """
    places, mm, side = pixels / COARSER, pixel_mm * COARSER, size // COARSER
    raised = 0.55 * _shade(_forehead(places), LINE_MM / mm, side, (0.55, 1.0))
    frown = 0.75 * _shade(_between_brows(places), FURROW_MM / mm, side, (1.0, 0.25))
    squint = 0.50 * _shade(_beside_eyes(places, mm), FOOT_MM / mm, side, (0.55, 0.6))
    smile = 1.00 * _shade(around_smile(places), FOLD_MM / mm, side, (0.4, 0.3))
    sneer = 0.85 * _shade(around_sneer(places), SNEER_MM / mm, side, (0.4, 0.8))
    chin = 0.32 * _shade(around_chin(places), CHIN_MM / mm, side, (0.6, 0.8))
    chin += FILLED * filled_hollow(places, side)
    shown = np.stack([raised + smile, frown + sneer, squint + chin], axis=-1)
    shown[np.abs(shown) < FAINTEST] = 0.0
    return np.clip(np.round(FLAT + 255.0 * shown), 0, 255).astype(np.uint8)


def _shade(
    lines: list[tuple[Float64Array, float]], width: float, size: int, walls: tuple[float, float]
) -> Float64Array:
    """Return the change of brightness (size, size) by grooves of `width` pixels along lines.

    `lines` are points (N, 2) in pixels and a strength. A groove is dark; the wall turned away from the light,
    which comes from the upper left, is darker still and the other one bright. `walls` are the strengths of
    that for slopes across and down.
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


def _forehead(pixels: Float64Array) -> list[tuple[Float64Array, float]]:
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


def _between_brows(pixels: Float64Array) -> list[tuple[Float64Array, float]]:
    """Return the furrows between the brows, and the fold across the root of the nose."""
    nose, between, forehead = pixels[[168, 9, 151]]
    lines = []
    for low, high in FURROWS:
        foot = 0.45 * nose + 0.25 * between + 0.30 * pixels[low]
        waist = 0.52 * between + 0.48 * (0.5 * pixels[low] + 0.5 * pixels[high])
        top = 0.50 * between + 0.14 * forehead + 0.36 * pixels[high]
        lines.append((smooth_line(np.stack([foot, waist, top]), 40), 1.0))
    return lines


def _beside_eyes(pixels: Float64Array, mm: float) -> list[tuple[Float64Array, float]]:
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

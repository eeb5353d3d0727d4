"""Lines of the wrinkles that a smile, a sneer and a raised chin show, through landmarks; chosen by eye."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.paint.strokes import Lines, smooth_line

FOLDS = (
    ((358, 358, 0.0), (423, 423, 0.0), (426, 391, 0.2), (436, 410, 0.3), (432, 287, 0.3)),
    ((129, 129, 0.0), (203, 203, 0.0), (206, 165, 0.2), (216, 186, 0.3), (212, 57, 0.3)),
)
"""The fold from each wing of the nose to beside the mouth: a landmark, another one, and the other's share."""
CORNERS = (((410, 287, 273), (436, 432, 422)), ((186, 57, 43), (216, 212, 202)))
"""Landmarks above, at and below each corner of the mouth, and those farther out; a crease lies between."""
CORNER_SHARE = 0.35
NOSE_LINES = (
    ((168, 351, 412), (6, 419, 343), (197, 399, 277)),
    ((168, 122, 188), (6, 196, 114), (197, 174, 47)),
)
"""Landmarks along the lines from the bridge of the nose down to each side."""
BESIDE_BRIDGE = 0.30
"""Share of the way to a line's middle at which it begins."""
CHIN = ((406, 18, 182), (421, 200, 201))
"""Landmarks along the folds above the chin."""
DIMPLES, DIMPLED = 26, (200, 199, 428, 208, 421, 201)
"""Number of short lines on the raised chin, and the landmarks around which they lie."""


def around_smile(pixels: Float64Array) -> Lines:
    """Return the folds between cheeks and mouth and the creases beside its corners; `pixels` are (468, 2)."""
    lines: Lines = []
    for fold, (near, far) in zip(FOLDS, CORNERS, strict=True):
        through = [(1.0 - share) * pixels[a] + share * pixels[b] for a, b, share in fold]
        lines.append((smooth_line(through, 64), 1.0))
        aside = pixels[list(near)] + CORNER_SHARE * (pixels[list(far)] - pixels[list(near)])
        lines.append((smooth_line(aside, 24), 0.6))
    return lines


def around_sneer(pixels: Float64Array) -> Lines:
    """Return the lines across the bridge of the nose and down its sides."""
    lines: Lines = []
    for side in NOSE_LINES:
        for line, strength in zip(side, (0.8, 1.0, 0.7), strict=True):
            bridge, middle, end = pixels[list(line)]
            begin = bridge + BESIDE_BRIDGE * (middle - bridge)
            lines.append((smooth_line(np.stack([begin, middle, end]), 32), strength))
    return lines


def filled_hollow(pixels: Float64Array, size: int) -> Float64Array:
    """Return 0..1 (size, size) around the hollow between lower lip and chin, which a raised chin fills."""
    middle = 0.40 * pixels[17] + 0.60 * pixels[18]
    apart = float(np.linalg.norm(pixels[428] - pixels[208]))
    rows, columns = np.mgrid[:size, :size] + 0.5
    across, down = (columns - middle[0]) / (0.40 * apart), (rows - middle[1]) / (0.24 * apart)
    return np.asarray(np.exp(-(across**2) - down**2))


def around_chin(pixels: Float64Array) -> Lines:
    """Return the fold below the lower lip and the dimples of a chin that is pushed up."""
    random = np.random.default_rng(61)
    upper, lower = (smooth_line(pixels[list(line)], 40) for line in CHIN)
    lines: Lines = [(0.6 * upper + 0.4 * lower, 0.9)]
    apart = float(np.linalg.norm(pixels[428] - pixels[208]))
    for _ in range(DIMPLES):
        middle = pixels[random.choice(DIMPLED)] + random.normal(0.0, 0.22 * apart, 2)
        angle, half = random.uniform(-0.6, 0.6), 0.5 * apart * random.uniform(0.08, 0.18)
        reach = half * np.array([np.cos(angle), np.sin(angle)])
        bend = np.array([0.0, random.uniform(-0.3, 0.3) * half])
        lines.append((smooth_line([middle - reach, middle + bend, middle + reach], 12), 0.8))
    return lines

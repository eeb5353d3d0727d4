"""Paint the picture on a lash card: dark strands from root to tip on white, which multiply what is behind.

All values were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.geometry.smoothstep import smoothstep
from flame_model.paint.face_colors import blend
from flame_model.paint.strokes import covered_by_lines

CARD_COLUMNS, CARD_ROWS = 19, 4
"""Vertices of a card along the lid, and from root to tip; they are numbered column by column."""
TILES = 2
"""Times that a card shows the picture along the lid; it divides CARD_COLUMNS - 1."""
LASH = np.array([0.10, 0.070, 0.055])
STRANDS = 30
"""Strands in the picture; they stand in groups of GROUP whose tips lean together, as wet lashes do."""
GROUP = 3
ROOT_BAND, ROOT_STRENGTH = 0.10, 0.55
"""Share of the length along which roots stand too close to be seen apart, and the share that they cover."""


def lash_picture(width: int, height: int) -> Float64Array:
    """Return sRGB colours (height, width, 3): roots at the left, tips at the right; the lid runs down."""
    size = max(width, height)
    drawn = covered_by_lines(_strands(width, height), size)[:height, :width]
    ahead = (np.arange(width) + 0.5) / width
    band = ROOT_STRENGTH * smoothstep(2.0 * ROOT_BAND, 0.5 * ROOT_BAND, ahead)
    covered = np.maximum(np.minimum(1.3 * drawn, 1.0), band[None, :])
    return blend(np.ones((height, width, 3)), LASH, covered)


def _strands(width: int, height: int) -> Iterator[tuple[Float64Array, float, float]]:
    """Yield strands (points in pixels, width, strength); those near an end continue at the other end."""
    random = np.random.default_rng(50)
    step = np.linspace(0.0, 1.0, 8)
    for strand in range(STRANDS):
        root = (strand + random.uniform(-0.25, 0.25)) / STRANDS
        group = (strand // GROUP + 0.5) * GROUP / STRANDS
        tip = root + 0.60 * (group - root) + random.normal(0.0, 0.008)
        long = width * random.uniform(0.62, 0.97)
        thick, strength = random.uniform(1.3, 2.2), random.uniform(0.85, 1.0)
        for turn in (-1.0, 0.0, 1.0):
            along = height * (root + (tip - root) * step**1.6 + turn)
            yield np.stack([long * step, along], axis=-1), thick, strength

"""Choose the palette of a GIF from many pictures, by weighted k-means in CIELAB."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from app.recording.formats.gif.cielab import lab_from_rgb, rgb_from_lab
from app.recording.formats.gif.color_cells import CELLS, cells_of, middles_of
from flame_model.arrays import Array, Picture

COLORS = 255
"""Entries of a palette; the 256th index of a GIF stays free for transparent pixels."""
_STRIDE = 2
"""Rows and columns of pixels of which one is counted, which takes a quarter of the time."""
_WEIGHT_EXPONENT = 0.3
"""A colour counts as its number of pixels to this power: 1 lets the skin take the irises' colours, and 0 lets
single pixels take the skin's. Chosen by eye and by `python -m benchmarks.gif`."""
_ROUNDS = 12
"""Rounds of k-means; more change the mean error by less than a hundredth."""


class PaletteMaker:
    """A count of the colours of many pictures, from which a palette is chosen."""

    def __init__(self) -> None:
        self._counts = np.zeros(CELLS, dtype=np.int32)
        self._pictures = 0

    def add(self, rgba: Picture) -> None:
        """Count the colours of pixels of one picture (H, W, 4) that are at least half opaque."""
        first = self._pictures % _STRIDE
        counted = rgba[first::_STRIDE, first::_STRIDE]
        cells, counts = np.unique(cells_of(counted[counted[..., 3] >= 128][:, :3]), return_counts=True)
        self._counts[cells] += counts.astype(np.int32)
        self._pictures += 1

    def finish(self) -> Array:
        """Return the palette (at most COLORS, 3) uint8; black where no pixel was opaque."""
        used = np.flatnonzero(self._counts)
        if not len(used):
            return np.zeros((1, 3), dtype=np.uint8)
        rgb = middles_of(used)
        if len(used) <= COLORS:
            return np.asarray(np.round(rgb), dtype=np.uint8)
        return rgb_from_lab(_k_means(lab_from_rgb(rgb), self._counts[used] ** _WEIGHT_EXPONENT))


def _k_means(points: Array, weights: Array) -> Array:
    """Return COLORS means (COLORS, 3) of weighted points (N, 3), by Lloyd's algorithm.

    S. Lloyd, "Least Squares Quantization in PCM", 1982. It starts from the points that are farthest from
    those already taken, by weight times squared distance, so that equal pictures give equal palettes.
    """
    means = points[_scattered(points, weights)]
    for _ in range(_ROUNDS):
        _, nearest = cKDTree(means).query(points)
        total = np.bincount(nearest, weights, COLORS)
        sums = [np.bincount(nearest, weights * channel, COLORS) for channel in points.T]
        filled = total > 0
        means[filled] = np.column_stack(sums)[filled] / total[filled, None]
    return means


def _scattered(points: Array, weights: Array) -> list[int]:
    """Return the numbers of COLORS points that are heavy and far from each other."""
    taken = [int(weights.argmax())]
    distances = np.full(len(points), np.inf)
    while len(taken) < COLORS:
        distances = np.minimum(distances, ((points - points[taken[-1]]) ** 2).sum(axis=1))
        taken.append(int((weights * distances).argmax()))
    return taken

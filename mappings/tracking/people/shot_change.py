"""Compare two pictures coarsely, to find out whether they belong to the same shot."""

from __future__ import annotations

import cv2
import numpy as np

from flame_model.arrays import Array, Picture

THUMBNAIL_SIDE = 16
"""Width and height of a thumbnail in pixels."""
_SAMPLED = 64
"""Rows and columns of a picture that are sampled."""
SAME_SHOT = 0.4
"""Correlation of two thumbnails below which they are of different shots. Measured: three hard cuts have 0.27
or less, and pictures a second apart in seven clips, one of them with jump cuts, have 0.48 or more."""
SAME_SURROUNDINGS = 0.8
"""The same for what surrounds one face, which resembles the surroundings of other faces more."""


def thumbnail(image: Picture) -> Array:
    """Return the mean brightness (16, 16) of an image (H, W, 3)."""
    height, width = image.shape[:2]
    sampled = image[:: max(1, height // _SAMPLED), :: max(1, width // _SAMPLED)]
    small = cv2.resize(sampled, (THUMBNAIL_SIDE, THUMBNAIL_SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(small.mean(axis=2))


def correlation(one: Array, other: Array) -> float:
    """Return the correlation of two thumbnails, -1 to 1; 1 where one of them is uniform."""
    first, second = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / spread if spread else 1.0

"""Whether two pictures of a source show the same scene, by a glance."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from flame_model.arrays import Picture

Glance = npt.NDArray[Any]

GLANCE_SIDE = 16
_SAMPLED = 64
"""Rows and columns of a picture that are looked at."""
SAME_SCENE = 0.4
"""Correlation of two glances below which they show different scenes. Measured: three hard cuts have 0.27 and
less, a second of seven clips 0.48 and more, one of them with jump cuts."""
SAME_PLACE = 0.8
"""The same of what is around one face, which others resemble."""


def glance(image: Picture) -> Glance:
    """Return what one sees of an image (H, W, 3) in passing: (16, 16) mean brightness."""
    height, width = image.shape[:2]
    sampled = image[:: max(1, height // _SAMPLED), :: max(1, width // _SAMPLED)]
    small = cv2.resize(sampled, (GLANCE_SIDE, GLANCE_SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(small.mean(axis=2))


def likeness(one: Glance, other: Glance) -> float:
    """Return the correlation of two glances, -1 to 1; an even picture is like every other."""
    first, second = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / spread if spread else 1.0

"""Divide the colours of a drawn picture by its alpha, as files store them."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Picture


def straight_alpha(picture: Picture) -> Picture:
    """Return a picture (H, W, 4) with its colours divided by alpha, as PNG stores them."""
    alpha = picture[..., 3:].astype(np.uint16)
    edge = (alpha[..., 0] > 0) & (alpha[..., 0] < 255)
    straight = picture.copy()
    straight[edge, :3] = np.minimum(picture[edge, :3].astype(np.uint16) * 255 // alpha[edge], 255)
    return straight

"""Put the person's picture on the left of the head's (`flame-cam render --side-by-side`)."""

from __future__ import annotations

import numpy as np

from app.recording.letterbox import letterbox
from flame_model.arrays import Picture


def beside(person: Picture, head: Picture) -> Picture:
    """Return (H, 2W, 4) RGBA: `person` (h, w, 3) RGB fitted to the size of `head` (H, W, 4), then `head`."""
    return np.hstack([fitted(person, (head.shape[1], head.shape[0])), head])


def fitted(picture: Picture, size: tuple[int, int]) -> Picture:
    """Return an RGB picture (h, w, 3) centred on black RGBA of `size` (W, H), its aspect kept."""
    canvas = np.zeros((size[1], size[0], 4), np.uint8)
    canvas[..., 3] = 255
    letterbox(picture, canvas[..., :3])
    return canvas

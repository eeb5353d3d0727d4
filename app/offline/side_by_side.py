"""Put the person's picture on the left of the head's (`flame-cam render --side-by-side`)."""

from __future__ import annotations

import cv2
import numpy as np

from flame_model.arrays import Picture


def beside(person: Picture, head: Picture) -> Picture:
    """Return (H, 2W, 4) RGBA: `person` (h, w, 3) RGB fitted to the size of `head` (H, W, 4), then `head`."""
    return np.hstack([fitted(person, (head.shape[1], head.shape[0])), head])


def fitted(picture: Picture, size: tuple[int, int]) -> Picture:
    """Return an RGB picture (h, w, 3) centred on black RGBA of `size` (W, H), its aspect kept."""
    height, width = picture.shape[:2]
    scale = min(size[0] / width, size[1] / height)
    inner = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Area averaging is OpenCV's only interpolation that does not alias when it shrinks a picture.
    interpolation = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    small = cv2.resize(picture, inner, interpolation=interpolation)
    left, top = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    canvas = np.zeros((size[1], size[0], 4), np.uint8)
    canvas[..., 3] = 255
    canvas[top : top + inner[1], left : left + inner[0], :3] = small
    return canvas

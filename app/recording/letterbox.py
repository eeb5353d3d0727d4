"""Scale a picture into the middle of another one, its aspect kept."""

from __future__ import annotations

import cv2

from flame_model.arrays import Picture


def letterbox(picture: Picture, canvas: Picture) -> None:
    """Scale a picture (h, w, C) to the largest size that fits `canvas` (H, W, C); draw it in its middle."""
    (height, width), (canvas_height, canvas_width) = picture.shape[:2], canvas.shape[:2]
    scale = min(canvas_width / width, canvas_height / height)
    inner = (max(1, round(width * scale)), max(1, round(height * scale)))
    # Area averaging is OpenCV's only interpolation that does not alias when it shrinks a picture.
    interpolation = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    left, top = (canvas_width - inner[0]) // 2, (canvas_height - inner[1]) // 2
    scaled = cv2.resize(picture, inner, interpolation=interpolation)
    canvas[top : top + inner[1], left : left + inner[0]] = scaled

"""Tell people whose face is not seen what may help, large enough to be read from where they stand."""

from __future__ import annotations

import numpy as np

from app.live.threads.animating import LiveFrame
from flame_model.arrays import Picture
from render.ui.banner import Banner

WAIT_S = 1.0
"""Seconds without a face after which it is told; a hand before the face is nothing to tell."""
DARK = 20.0
"""Mean of a picture's values, 0 to 255, below which it counts as dark. Pictures of seven people in lit rooms
have 103 to 129; darkened, with the noise of a camera, the tracker loses their faces between 3 and 5, and the
face in a dark film at 8."""
_STRIDE = 8
"""Every how many pixels one counts."""


class FaceHint:
    """Follows live frames, and knows what to tell while none shows a face."""

    def __init__(self) -> None:
        self._since_s: float | None = None

    def of(self, frame: LiveFrame | None) -> Banner | None:
        """Return what to tell with a frame, None where it has no picture, or shows a face or just did."""
        if frame is None or frame.image is None or frame.observation is not None or frame.lost:
            self._since_s = None
            return None
        if self._since_s is None:
            self._since_s = frame.time_s
        if frame.time_s - self._since_s < WAIT_S:
            return None
        if _is_dark(frame.image):
            return Banner("No face", "The picture is very dark: turn on a light, or face a window.")
        return Banner(
            "No face", "Look into the camera, near enough that your head fills a fifth of the picture."
        )


def _is_dark(image: Picture) -> bool:
    return float(np.mean(image[::_STRIDE, ::_STRIDE])) < DARK

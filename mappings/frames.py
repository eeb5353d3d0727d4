"""What flows from a source through the tracker."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold one picture from a source."""

    index: int
    """Counts the source's pictures from 0, dropped ones included."""
    time_s: float
    """Time of the picture in the source's own clock, strictly rising."""
    image: npt.NDArray[np.uint8]
    """(H, W, 3) RGB."""


@dataclass(frozen=True, slots=True)
class FaceObservation:
    """Hold what the tracker saw of one face in one frame; "no face" is None, never zeros."""

    time_s: float
    scores: npt.NDArray[np.float32]
    """(52,) in MediaPipe's order, 0..1 (see mappings.signals)."""
    landmarks: npt.NDArray[np.float32]
    """(478, 3) pixels: x right, y down, z in the scale of x, smaller is nearer to the camera."""
    T_camera_face: npt.NDArray[np.float32]
    """(4, 4) canonical face to camera, metres; the camera looks along -z, y is up, x to the picture's
    right."""
    image_size: tuple[int, int]
    """(W, H) of the picture in pixels."""

"""Find every face of single pictures, each picture by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from mediapipe.tasks.python import vision

from mappings.frames import FaceObservation, Frame
from mappings.tracking.landmarker import as_picture, observations, open_landmarker

MOST_FACES = 8
"""Largest number of faces that are found in one picture."""


class FaceFinder:
    """Find every face of single pictures, each picture by itself: nothing is smoothed.

    Use it from one thread at a time, and close it before the interpreter ends. Raises TrackerBundleError as
    FaceTracker does.
    """

    def __init__(self, bundle: Path) -> None:
        self._landmarker = open_landmarker(bundle, vision.RunningMode.IMAGE, MOST_FACES)

    def find(self, frame: Frame) -> list[FaceObservation]:
        """Return the faces in `frame`, up to MOST_FACES, the largest first."""
        found = observations(self._landmarker.detect(as_picture(frame.image)), frame)
        return sorted(found, key=area, reverse=True)

    def close(self) -> None:
        """Release the models; a second call has no effect."""
        self._landmarker.close()


def area(observation: FaceObservation) -> float:
    """Return the area of the box around a face in square pixels; the nearest face has the largest."""
    return float(np.prod(np.ptp(observation.landmarks[:, :2], axis=0)))

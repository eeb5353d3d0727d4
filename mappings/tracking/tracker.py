"""One face through the frames of a source, smoothed over time."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt
from mediapipe.tasks.python import vision

from mappings.frames import FaceObservation, Frame
from mappings.tracking.bundle import locate_bundle
from mappings.tracking.landmarker import as_picture, observations, open_landmarker

_FORGET_MS = 1000
"""Gap put before a new stretch of time."""
_BLANK = np.zeros((64, 64, 3), dtype=np.uint8)


class FaceTracker:
    """Track one face through the frames of a source.

    MediaPipe smooths the landmarks by the time between frames and computes the scores from the smoothed ones,
    so nothing here filters again. Use it from one thread at a time, and close it before the interpreter ends.
    `bundle` names a copy of face_landmarker.task; None takes the cached one, or downloads it once. Raises
    TrackerBundleError where there is no FaceLandmarker.
    """

    def __init__(self, bundle: Path | None = None) -> None:
        self._landmarker = open_landmarker(bundle or locate_bundle(), vision.RunningMode.VIDEO, 1)
        self._stamp_ms = 0
        self._origin_s = 0.0
        self._last_s = -np.inf

    def observe(self, frame: Frame) -> FaceObservation | None:
        """Return what is seen in `frame`, None where there is no face; a step back in time starts afresh."""
        if frame.time_s < self._last_s:
            self.reset()
        result = self._detect(frame.image, self._next_stamp(frame.time_s))
        return next(observations(result, frame), None)

    def reset(self) -> None:
        """Forget the face and its smoothing: call it for a new source, a seek or a loop.

        A blank picture does what a new landmarker would do, in 2 ms instead of 60.
        """
        self._stamp_ms += _FORGET_MS
        self._detect(_BLANK, self._stamp_ms)
        self._last_s = -np.inf

    def close(self) -> None:
        """Release the models; a second call does nothing."""
        self._landmarker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _next_stamp(self, time_s: float) -> int:
        """Return a timestamp in milliseconds that rises with every call and keeps the time between frames."""
        if np.isinf(self._last_s):
            self._origin_s = time_s - (self._stamp_ms + _FORGET_MS) / 1000
        self._last_s = time_s
        self._stamp_ms = max(self._stamp_ms + 1, round((time_s - self._origin_s) * 1000))
        return self._stamp_ms

    def _detect(self, image: npt.NDArray[np.uint8], stamp_ms: int) -> vision.FaceLandmarkerResult:
        return self._landmarker.detect_for_video(as_picture(image), stamp_ms)

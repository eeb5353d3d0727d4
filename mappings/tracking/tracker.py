"""Track one face through the frames of a source, or on a picture that is shown several times."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from mediapipe.tasks.python import vision

from flame_model.arrays import Picture
from flame_model.files.closing import ClosedByWith
from mappings.frames import FaceObservation, Frame
from mappings.tracking.landmarker import as_picture, observations, open_landmarker
from mappings.tracking.landmarker_bundle import locate_bundle
from mappings.tracking.odometry import Odometry

_FORGET_MS = 1000
"""Milliseconds by which the tracker's clock advances at a reset."""
_APART_MS = 1_000_000
"""Milliseconds between two frames by the clock of a tracker that does not smooth. The cutoff of MediaPipe's
One Euro filter is 0.05 Hz at rest, so that a frame takes less than 0.4 % of the one before."""
_BLANK = np.zeros((64, 64, 3), dtype=np.uint8)
"""A picture without a face."""


class FaceTracker(ClosedByWith):
    """Track one face through the frames of a source.

        with FaceTracker() as tracker:
            observation = tracker.observe(frame)  # None where there is no face

    MediaPipe can smooth the landmarks by the time between frames and compute the scores from the smoothed
    ones. With `smoothed` it does, for a comparison with other programs; else each observation is that of its
    own picture. In six clips of people who talk its smoothing shifts the lip gap by 0.006 and the eyes'
    apertures by 0.003 of the eye distance, and a head that follows is smoothed by its own motion
    (`mappings.motion`). The motion by the skin (`mappings.tracking.odometry`) is measured without `smoothed`
    only. Use it from one thread at a time, and close it before the interpreter ends. `bundle`
    names a copy of face_landmarker.task; None takes what `locate_bundle` finds or downloads. Raises
    TrackerBundleError where there is no usable bundle.
    """

    def __init__(self, bundle: str | Path | None = None, *, smoothed: bool = False) -> None:
        self._landmarker = open_landmarker(
            Path(bundle) if bundle else locate_bundle(), vision.RunningMode.VIDEO, 1
        )
        self._smoothed = smoothed
        self._odometry = Odometry()
        self._stamp_ms = 0
        self._origin_s = 0.0
        self._last_s = -np.inf

    def observe(self, frame: Frame) -> FaceObservation | None:
        """Return the face in `frame`, None where there is none; a step back in time resets the tracker."""
        if frame.time_s < self._last_s:
            self.reset()
        result = self._detect(frame.image, self._next_stamp(frame.time_s))
        seen = next(observations(result, frame), None)
        if seen is None:
            self._odometry.reset()
            return None
        return seen if self._smoothed else replace(seen, moved=self._odometry.moved(frame.image, seen))

    def reset(self) -> None:
        """Forget the face and its smoothing, for a new source, a seek or a loop.

        A blank picture has the effect of a new landmarker, in 2 ms instead of 60.
        """
        self._stamp_ms += _FORGET_MS
        self._detect(_BLANK, self._stamp_ms)
        self._odometry.reset()
        self._last_s = -np.inf

    def close(self) -> None:
        """Release the models; a second call has no effect."""
        self._landmarker.close()

    def _next_stamp(self, time_s: float) -> int:
        """Return a timestamp in milliseconds that rises with every call.

        It keeps the time between frames where MediaPipe is to smooth by it.
        """
        if np.isinf(self._last_s):
            self._origin_s = time_s - (self._stamp_ms + _FORGET_MS) / 1000
        self._last_s = time_s
        if self._smoothed:
            self._stamp_ms = max(self._stamp_ms + 1, round((time_s - self._origin_s) * 1000))
        else:
            self._stamp_ms += _APART_MS
        return self._stamp_ms

    def _detect(self, image: Picture, stamp_ms: int) -> vision.FaceLandmarkerResult:
        return self._landmarker.detect_for_video(as_picture(image), stamp_ms)


def observe_repeatedly(
    tracker: FaceTracker, picture: Picture, *, times: int, first: int = 0
) -> FaceObservation | None:
    """Show one picture (H, W, 3) to the tracker several times and return its last observation.

    The tracker crops each picture by what it saw before, so only a repeated picture gets its own crop. The
    pictures are the frames from number `first` on, one a second; the number has to rise between resets.
    """
    observation = None
    for index in range(first, first + times):
        observation = tracker.observe(Frame(index, float(index), picture))
    return observation

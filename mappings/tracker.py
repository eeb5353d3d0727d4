"""The face tracker: MediaPipe's FaceLandmarker behind one small class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import mediapipe as mp
import numpy as np
import numpy.typing as npt
from mediapipe.tasks.python import BaseOptions, vision
from mediapipe.tasks.python.components.containers import NormalizedLandmark

from flame_model.errors import TrackerBundleError
from mappings.frames import FaceObservation, Frame
from mappings.native_log import without_chatter
from mappings.plausible import explains_a_face
from mappings.signals import SIGNAL_COUNT

MEDIAPIPE_VERSION: str = mp.__version__

LANDMARK_COUNT = 478
MOST_FACES = 8
"""Looked for in a single picture."""

_FORGET_MS = 1000
"""Gap put before a new stretch of time."""
_BLANK = np.zeros((64, 64, 3), dtype=np.uint8)


class FaceTracker:
    """Track one face through the frames of a source.

    MediaPipe smooths the landmarks by the time between frames and computes the scores from the smoothed ones,
    so nothing here filters again. Use it from one thread at a time, and close it before the interpreter ends.
    Raises TrackerBundleError where `bundle` holds no FaceLandmarker.
    """

    def __init__(self, bundle: Path) -> None:
        self._landmarker = _open_landmarker(bundle, vision.RunningMode.VIDEO, 1)
        self._stamp_ms = 0
        self._origin_s = 0.0
        self._last_s = -np.inf

    def observe(self, frame: Frame) -> FaceObservation | None:
        """Return what is seen in `frame`, None where there is no face; a step back in time starts afresh."""
        if frame.time_s < self._last_s:
            self.reset()
        result = self._detect(frame.image, self._next_stamp(frame.time_s))
        return next(_observations(result, frame), None)

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
        return self._landmarker.detect_for_video(_picture(image), stamp_ms)


class FaceFinder:
    """Find every face of single pictures, each by itself: nothing is smoothed.

    Use it from one thread at a time, and close it before the interpreter ends. Raises TrackerBundleError as
    FaceTracker does.
    """

    def __init__(self, bundle: Path) -> None:
        self._landmarker = _open_landmarker(bundle, vision.RunningMode.IMAGE, MOST_FACES)

    def find(self, frame: Frame) -> list[FaceObservation]:
        """Return the faces in `frame`, up to MOST_FACES, the largest first."""
        return sorted(
            _observations(self._landmarker.detect(_picture(frame.image)), frame), key=_negative_area
        )

    def close(self) -> None:
        """Release the models; a second call does nothing."""
        self._landmarker.close()


def mesh_edges() -> npt.NDArray[np.int64]:
    """Return the (1322, 2) landmark pairs that the face mesh joins."""
    mesh = vision.FaceLandmarksConnections.FACE_LANDMARKS_TESSELATION
    return np.unique(np.sort([(edge.start, edge.end) for edge in mesh], axis=1), axis=0)


def metres_from_centimetres(transform_cm: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Return MediaPipe's facial transformation (4, 4) as T_camera_face in metres.

    Its axes are ours: x to the picture's right (the person's left), y up, the camera looking along -z.
    """
    transform = np.array(transform_cm, dtype=np.float32)
    transform[:3, 3] *= 0.01
    return transform


def _observations(result: vision.FaceLandmarkerResult, frame: Frame) -> Iterator[FaceObservation]:
    """Yield the faces of a result; one that explains nothing is none."""
    height, width = frame.image.shape[:2]
    for points, shapes, transform_cm in zip(
        result.face_landmarks, result.face_blendshapes, result.facial_transformation_matrixes, strict=True
    ):
        observation = FaceObservation(
            time_s=frame.time_s,
            scores=np.fromiter((category.score for category in shapes), np.float32, SIGNAL_COUNT),
            landmarks=_landmarks_in_pixels(points, width, height),
            T_camera_face=metres_from_centimetres(transform_cm),
            image_size=(width, height),
        )
        if explains_a_face(observation):
            yield observation


def _negative_area(observation: FaceObservation) -> float:
    return -float(np.prod(np.ptp(observation.landmarks[:, :2], axis=0)))


def _picture(image: npt.NDArray[np.uint8]) -> mp.Image:
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(image))


def _landmarks_in_pixels(
    points: list[NormalizedLandmark], width: int, height: int
) -> npt.NDArray[np.float32]:
    """Return normalised landmarks as (478, 3) pixels; z is normalised by the width, as x is."""
    flat = np.fromiter((value for p in points for value in (p.x, p.y, p.z)), np.float32, 3 * LANDMARK_COUNT)
    return flat.reshape(LANDMARK_COUNT, 3) * np.array([width, height, width], dtype=np.float32)


def _open_landmarker(bundle: Path, mode: vision.RunningMode, faces: int) -> vision.FaceLandmarker:
    """Create a landmarker for up to so many `faces` from the bytes of `bundle`."""
    try:
        content = bundle.read_bytes()
        if not content:
            raise ValueError("it is empty")
        options = vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=content),
            running_mode=mode,
            num_faces=faces,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
        with without_chatter():
            return vision.FaceLandmarker.create_from_options(options)
    except (OSError, RuntimeError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
        raise TrackerBundleError(
            f"{bundle} is no usable FaceLandmarker bundle ({reason}); name another with --landmarker FILE."
        ) from error

"""Open MediaPipe's FaceLandmarker and turn its results into observations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
from mediapipe.tasks.python.components.containers import NormalizedLandmark

from flame_model.arrays import Array, Float32Array, Int64Array, Picture
from flame_model.errors import TrackerBundleError
from flame_model.head import LANDMARK_COUNT
from mappings.frames import FaceObservation, Frame
from mappings.plausible_face import is_plausible_face
from mappings.signals import SIGNAL_COUNT
from mappings.tracking.native_log import without_chatter


def open_landmarker(bundle: Path, mode: vision.RunningMode, faces: int) -> vision.FaceLandmarker:
    """Create a landmarker for up to `faces` faces from the bytes of `bundle`; raises TrackerBundleError."""
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


def observations(result: vision.FaceLandmarkerResult, frame: Frame) -> Iterator[FaceObservation]:
    """Yield the observations in a result, without those that describe no possible face."""
    height, width = frame.image.shape[:2]
    for points, shapes, transform_cm in zip(
        result.face_landmarks, result.face_blendshapes, result.facial_transformation_matrixes, strict=True
    ):
        seen = FaceObservation(
            time_s=frame.time_s,
            scores=np.fromiter((category.score for category in shapes), np.float32, SIGNAL_COUNT),
            landmarks=_landmarks_in_pixels(points, width, height),
            T_camera_face=metres_from_centimetres(transform_cm),
            image_size=(width, height),
        )
        if is_plausible_face(seen):
            yield seen


def as_picture(image: Picture) -> mp.Image:
    """Return an image (H, W, 3) as MediaPipe takes it."""
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(image))


def mesh_edges() -> Int64Array:
    """Return the pairs (1322, 2) of landmarks that the face mesh connects."""
    mesh = vision.FaceLandmarksConnections.FACE_LANDMARKS_TESSELATION
    return np.unique(np.sort([(edge.start, edge.end) for edge in mesh], axis=1), axis=0)


def metres_from_centimetres(transform_cm: Array) -> Float32Array:
    """Return MediaPipe's facial transformation (4, 4) as T_camera_face in metres.

    MediaPipe's axes are ours: x to the picture's right (the person's left), y up, the camera looks along -z.
    """
    transform = np.array(transform_cm, dtype=np.float32)
    transform[:3, 3] *= 0.01
    return transform


def _landmarks_in_pixels(points: list[NormalizedLandmark], width: int, height: int) -> Float32Array:
    """Return normalised landmarks as (478, 3) pixels; z is normalised by the width, as x is."""
    flat = np.fromiter((value for p in points for value in (p.x, p.y, p.z)), np.float32, 3 * LANDMARK_COUNT)
    return flat.reshape(LANDMARK_COUNT, 3) * np.array([width, height, width], dtype=np.float32)

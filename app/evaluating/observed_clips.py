"""Track clips: the observations that drive a head, and those that person and head are compared by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from app.evaluating.rest_frames import calm_frames
from app.evaluating.still_person import observe_still
from app.pipeline.whole_source import observe_source, open_observer, open_whole_source
from app.sources import Source
from app.system.terminal import with_progress_bar
from flame_model.arrays import Float64Array, Picture
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame
from mappings.tracking.views.zoom import Zoom

TRACK_STEP_S = 0.033
"""Time between frames for the compared observations, whatever the clip's rate; MediaPipe smooths by it."""
UNKNOWN_FPS = 30.0
"""Rate of a drawing where the source does not state its own."""
KEPT_HEIGHT = 240
"""Height in pixels of the picture kept of every frame, for the report's worst moments."""
JPEG_QUALITY = 80


@dataclass(frozen=True, slots=True)
class TrackedVideo:
    """N pictures of a person or head with their observations, tracked TRACK_STEP_S apart."""

    observations: tuple[FaceObservation | None, ...]
    pictures: tuple[bytes, ...]
    """(N,) small JPEGs; empty for a take."""


@dataclass(frozen=True, slots=True)
class ObservedClip:
    """The N frames of a clip or take, observed for each purpose of the evaluation."""

    name: str
    times: Float64Array
    """(N,) seconds."""
    fps: float
    driving: tuple[FaceObservation | None, ...]
    """(N,) tracked at the clip's own times; they drive the head."""
    person: TrackedVideo
    """The clip tracked like a drawing, which it is compared with."""
    still: tuple[FaceObservation | None, ...] = ()
    """The calmest frame, tracked again and again with a sensor's noise added.

    Empty for a take, which has no pictures, and for a face that never rests.
    """


def observe_clip(
    spec: str, bundle: Path, frames: int | None, say: Say, zoom: Zoom | None = None
) -> ObservedClip:
    """Track the first `frames` of a clip or take. Raises InputError (camera, no face) or SourceError."""
    with (
        open_whole_source(spec, frames) as source,
        closing(observe_source(source, bundle, say, zoom)) as observed_frames,
    ):
        if source.is_camera:
            raise InputError(f"{source.name} is a camera; record a clip, which can be tracked twice.")
        total = frames or source.frame_count
        bar = with_progress_bar(islice(observed_frames, frames), total, title=source.name)
        tracked = [(each.time_s, each.observation) for each in bar]
    driving = tuple(observation for _, observation in tracked)
    # A take has no pictures, so the head is compared with what drives it.
    person = TrackedVideo(driving, ()) if source.size is None else track_video(spec, bundle, frames, zoom)
    if not any(driving) or not any(person.observations):
        raise InputError(f"No face was found in {source.name}; name a clip that shows one.")
    calm = calm_frames(driving)
    still: tuple[FaceObservation | None, ...] = ()
    if person.pictures and calm.size:
        still = observe_still(_picture(spec, frames, calm[0]), bundle, zoom)
    times = np.array([time_s for time_s, _ in tracked])
    return ObservedClip(source.name, times, source.fps or UNKNOWN_FPS, driving, person, still)


def track_video(spec: str, bundle: Path, frames: int | None = None, zoom: Zoom | None = None) -> TrackedVideo:
    """Track the person in the pictures of a video, TRACK_STEP_S apart, with MediaPipe's own smoothing.

    Person and head are so compared as other programs would track them.
    """
    observations, pictures = [], []
    with (
        open_whole_source(spec, frames) as source,
        closing(open_observer(source, bundle, zoom=zoom, smoothed=True)) as observer,
    ):
        for index, image in enumerate(_pictures_of(source, frames)):
            observed = observer.observe(Frame(index, index * TRACK_STEP_S, image))
            observations.append(observed.observation)
            pictures.append(_small_jpeg(image if observed.image is None else observed.image))
    return TrackedVideo(tuple(observations), tuple(pictures))


def _pictures_of(source: Source, frames: int | None) -> Iterator[Picture]:
    """Yield the first `frames` pictures of a video."""
    return islice((frame.image for frame in source.frames()), frames)


def _picture(spec: str, frames: int | None, number: int) -> Picture:
    with open_whole_source(spec, frames) as source:
        return next(islice(_pictures_of(source, None), number, None))


def _small_jpeg(image: Picture) -> bytes:
    height, width = image.shape[:2]
    size = (round(width * KEPT_HEIGHT / height), KEPT_HEIGHT)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return data.tobytes()

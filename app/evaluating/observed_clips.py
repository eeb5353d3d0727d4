"""Look at clips: what drives a head, and what the tracker reads frame by frame on a person or on a head."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from app.evaluating.calm import calm_frames
from app.evaluating.still_person import observe_still
from app.pipeline.whole_source import observe_source, open_observer, open_whole_source
from app.sources import Source
from app.system.terminal import watched
from flame_model.arrays import Picture
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame
from mappings.tracking.views.zoom import Zoom

READ_STEP_S = 0.033
"""Time between frames for the tracker that compares, whatever the clip's rate: its smoothing goes by it."""
UNKNOWN_FPS = 30.0
KEPT_HEIGHT = 240
"""Pixels of the pictures that are kept of every frame, for the report's worst moments."""
JPEG_QUALITY = 80


@dataclass(frozen=True, slots=True)
class TrackedVideo:
    """Hold what was read in N pictures, READ_STEP_S apart."""

    observations: tuple[FaceObservation | None, ...]
    pictures: tuple[bytes, ...]
    """Small JPEGs; none of a take."""


@dataclass(frozen=True, slots=True)
class ObservedClip:
    """Hold what was seen in the N frames of a clip or take."""

    name: str
    times: npt.NDArray[np.float64]
    """(N,) seconds."""
    fps: float
    driving: tuple[FaceObservation | None, ...]
    """By the clip's own times: what drives a head."""
    person: TrackedVideo
    """What a drawing is compared with."""
    still: tuple[FaceObservation | None, ...] = ()
    """What is seen of the person in their calmest frame, shown again and again through a sensor's noise.

    None of a take, which has no pictures, nor of a face that never rests.
    """


def observe_clip(
    spec: str, bundle: Path, frames: int | None, say: Say, zoom: Zoom | None = None
) -> ObservedClip:
    """Track the first `frames` of a clip or take; raises InputError (camera, no face) or SourceError."""
    with (
        open_whole_source(spec, frames) as source,
        closing(observe_source(source, bundle, say, zoom)) as seen,
    ):
        if source.is_camera:
            raise InputError(f"{source.name} is a camera; record a clip, which can be driven again.")
        total = frames or source.frame_count
        bar = watched(islice(seen, frames), total, title=source.name)
        tracked = [(each.time_s, each.observation) for each in bar]
    driving = tuple(observation for _, observation in tracked)
    # A take has no pictures; what it recorded is what there is to compare with.
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
    """Track the person in the pictures of a video, at steps of READ_STEP_S."""
    observations, pictures = [], []
    with (
        open_whole_source(spec, frames) as source,
        closing(open_observer(source, bundle, zoom=zoom)) as observer,
    ):
        for index, image in enumerate(_pictures_of(source, frames)):
            seen = observer.observe(Frame(index, index * READ_STEP_S, image))
            observations.append(seen.observation)
            pictures.append(_small_jpeg(image if seen.image is None else seen.image))
    return TrackedVideo(tuple(observations), tuple(pictures))


def _pictures_of(source: Source, frames: int | None) -> Iterator[Picture]:
    """Yield the first `frames` pictures of a video."""
    return islice((item.image for item in source if isinstance(item, Frame)), frames)


def _picture(spec: str, frames: int | None, number: int) -> Picture:
    with open_whole_source(spec, frames) as source:
        return next(islice(_pictures_of(source, None), number, None))


def _small_jpeg(image: Picture) -> bytes:
    height, width = image.shape[:2]
    size = (round(width * KEPT_HEIGHT / height), KEPT_HEIGHT)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return data.tobytes()

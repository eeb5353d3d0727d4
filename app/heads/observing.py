"""Observe the person in a photo, clip, take or camera: one observation from each of up to 40 frames."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.pipeline.whole_source import has_pictures, open_finder
from app.sources import Source
from app.system.terminal import with_progress_bar
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame

if TYPE_CHECKING:
    from mappings.tracking.people.person_finder import PersonFinder

MOST_OBSERVED = 40
"""Frames that are observed, spread evenly over the source."""
LONGEST_CLIP = 900
"""Frames of a clip that are decoded: half a minute."""
CAMERA_FRAMES = 160
"""Frames that are taken from a camera or stream: five seconds."""


def observe_person(source: Source, landmarker: Path | None, say: Say) -> list[FaceObservation]:
    """Return observations of one person from up to MOST_OBSERVED frames; of several people the nearest.

    Of the first n frames every ceil(n / MOST_OBSERVED)-th is observed. `landmarker` is the tracker's bundle,
    None for the usual places. Raises InputError where no face is seen, SourceError or TrackerBundleError.
    """
    length = min(source.frame_count or CAMERA_FRAMES, LONGEST_CLIP)
    chosen = islice(source.observable(say), 0, length, -(-length // MOST_OBSERVED))
    frames: Any = with_progress_bar(chosen, min(length, MOST_OBSERVED))
    if has_pictures(source):
        seen = _observed(frames, open_finder(source, landmarker, say))
    else:
        seen = [frame.observation for frame in frames if frame.observation is not None]
    if not seen:
        raise InputError(
            f"No human face was found in {source.name}; give a picture that shows one from the front."
        )
    return seen


def _observed(frames: Iterator[Frame], finder: PersonFinder) -> list[FaceObservation]:
    """Return the person's observation from every frame that shows them; closes the finder."""
    with closing(finder):
        seen = [finder.observe(frame).observation for frame in frames]
    return [observation for observation in seen if observation is not None]

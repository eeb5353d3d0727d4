"""Look at the person of a photo, clip, take or camera: one observation from each of some frames."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.pipeline.whole_source import has_pictures, open_finder
from app.sources import Source, SourceLost, SourceNotice
from app.sources.contract import TakeFrame
from app.system.terminal import watched
from flame_model.errors import InputError
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame

if TYPE_CHECKING:
    from mappings.tracking.people.person_finder import PersonFinder

FRAMES = 40
"""Looked at, spread over what is there."""
LONGEST = 900
"""Frames of a clip that are decoded: half a minute."""
ENDLESS = 160
"""Frames of a camera or stream that are looked among: five seconds."""


def observe_person(source: Source, landmarker: Path | None, say: Say) -> list[FaceObservation]:
    """Return what is seen of a person in up to FRAMES frames; of several people the nearest.

    `landmarker` names the bundle. Raises InputError where no face is seen, SourceError or TrackerBundleError.
    """
    length = min(source.frame_count or ENDLESS, LONGEST)
    chosen = islice(_frames(source, say), 0, length, -(-length // FRAMES))
    frames: Any = watched(chosen, min(length, FRAMES))
    if has_pictures(source):
        seen = _found(frames, open_finder(source, landmarker, say))
    else:
        seen = [frame.observation for frame in frames if frame.observation is not None]
    if not seen:
        mend = "take a picture that shows one from the front"
        raise InputError(f"No human face was found in {source.name}; {mend}.")
    return seen


def _frames(source: Source, say: Say) -> Iterator[Frame | TakeFrame]:
    for item in source:
        if isinstance(item, SourceLost | SourceNotice):
            say(item.text)
        else:
            yield item


def _found(frames: Iterator[Frame], finder: PersonFinder) -> list[FaceObservation]:
    """Return what is seen of the person in every frame that shows them; closes the finder."""
    with closing(finder):
        seen = [finder.observe(frame).observation for frame in frames]
    return [observation for observation in seen if observation is not None]

"""Look at the person of a photo, clip, take or camera: one observation from each of some frames."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from app.sources import Source, SourceLost, SourceNotice
from app.sources.contract import ObservedFrame
from app.terminal import watched
from app.whole_source import Say, has_pictures
from flame_model.errors import InputError
from mappings.frames import FaceObservation, Frame

FRAMES = 40
"""Looked at, spread over what is there."""
LONGEST = 900
"""Frames of a clip that are decoded: half a minute."""
ENDLESS = 160
"""Frames of a camera or stream that are looked among: five seconds."""


def observe_person(source: Source, landmarker: Path | None, say: Say) -> list[FaceObservation]:
    """Return what is seen of a person in up to FRAMES frames; of several faces the largest counts.

    `landmarker` names the bundle. Raises InputError where no face is seen, SourceError or TrackerBundleError.
    """
    length = min(source.frame_count or ENDLESS, LONGEST)
    chosen = islice(_frames(source, say), 0, length, -(-length // FRAMES))
    frames: Any = watched(chosen, min(length, FRAMES))
    if has_pictures(source):
        faces = _found(frames, landmarker)
    else:
        faces = [[frame.observation] for frame in frames if frame.observation is not None]
    if not faces:
        raise InputError(f"No face was found in {source.name}; take a picture that shows one from the front.")
    if (most := max(map(len, faces))) > 1:
        say(f"{source.name} shows {most} faces; the largest counts")
    return [largest for largest, *_ in faces]


def _frames(source: Source, say: Say) -> Iterator[Frame | ObservedFrame]:
    for item in source:
        if isinstance(item, SourceLost | SourceNotice):
            say(item.text)
        else:
            yield item


def _found(frames: Iterator[Frame], landmarker: Path | None) -> list[list[FaceObservation]]:
    """Return the faces of every frame that shows any, the largest first."""
    from mappings.bundle import locate_bundle
    from mappings.tracker import FaceFinder

    with closing(FaceFinder(locate_bundle(landmarker))) as finder:
        return [found for frame in frames if (found := finder.find(frame))]

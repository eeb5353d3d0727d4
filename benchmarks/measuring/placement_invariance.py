"""Measure whether a head does the same wherever the face is in its picture, and however large."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from app.evaluating.appearance.compare import compare_appearance
from app.evaluating.appearance.face_lengths import LEFT_EYE, LIP_GAP, RIGHT_EYE
from app.evaluating.driving import DrivenClip, Variant, drive_clips
from app.evaluating.observed_clips import UNKNOWN_FPS, ObservedClip, TrackedVideo
from app.evaluating.round_trip import compare
from app.pipeline.whole_source import open_observer, open_whole_source
from app.system.terminal import with_progress_bar
from benchmarks.measuring.placed_pictures import PLACINGS, PLAIN, Box, face_box


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference between the heads of a placed face and of the plain one, as the tracker sees both."""

    clip: str
    placing: str
    seen: float
    """Share of the frames in which the placed face was found, of those in which the plain one was."""
    turn_deg: float
    """Median angle between the apparent turns of both heads."""
    scores: float
    """Mean absolute difference of the 52 scores."""
    lips: float
    """Mean absolute difference of the lip gap, eye distances."""
    lids: float
    """Mean absolute difference of both eyes' apertures, eye distances."""


def measure_invariance(
    specs: Sequence[str], variant: Variant, bundle: Path, frames: int | None
) -> list[Difference]:
    """Return the differences of every placing in the first `frames` of every clip.

    The head is drawn and its drawing tracked (see `drive_clips`). Raises GraphicsError, SourceError or
    InputError.
    """
    clips = [clip for spec in specs for clip in observe_placed(spec, bundle, frames)]
    driven = [each for _, each in drive_clips(clips, [variant], bundle)]
    differences = []
    for first in range(0, len(driven), len(PLACINGS)):
        plain, *placed = driven[first : first + len(PLACINGS)]
        differences += [
            _difference(name, plain, other) for name, other in zip(list(PLACINGS)[1:], placed, strict=True)
        ]
    return differences


def observe_placed(spec: str, bundle: Path, frames: int | None) -> list[ObservedClip]:
    """Track a clip with its face at every place of PLACINGS, in their order."""
    plain = _observed(spec, bundle, frames, PLAIN, (0, 0, 0, 0))
    found = [each for each in plain.driving if each is not None]
    box = face_box(found, found[0].image_size)
    return [plain, *(_observed(spec, bundle, frames, name, box) for name in PLACINGS if name != PLAIN)]


def _observed(spec: str, bundle: Path, frames: int | None, placing: str, box: Box) -> ObservedClip:
    with open_whole_source(spec, frames) as source, closing(open_observer(source, bundle)) as observer:
        title = f"{source.name}, {placing}"
        shown = with_progress_bar(islice(source.frames(), frames), frames or source.frame_count, title=title)
        tracked = [
            observer.observe(replace(frame, image=PLACINGS[placing](frame.image, box))) for frame in shown
        ]
    driving = tuple(each.observation for each in tracked)
    times = np.array([each.time_s for each in tracked])
    return ObservedClip(source.name, times, source.fps or UNKNOWN_FPS, driving, TrackedVideo(driving, ()))


def _difference(name: str, plain: DrivenClip, placed: DrivenClip) -> Difference:
    """Return the difference in the frames in which both the placed and the plain face were found."""
    both = [
        one is not None and other is not None
        for one, other in zip(plain.clip.driving, placed.clip.driving, strict=True)
    ]
    head = [each if found else None for each, found in zip(plain.head.observations, both, strict=True)]
    appearance = compare_appearance(head, placed.head.observations)
    return Difference(
        clip=plain.clip.name,
        placing=name,
        seen=sum(both) / sum(each is not None for each in plain.clip.driving),
        turn_deg=appearance.turn_deg,
        scores=compare(head, placed.head.observations).error,
        lips=appearance.error(LIP_GAP),
        lids=appearance.error(LEFT_EYE, RIGHT_EYE),
    )

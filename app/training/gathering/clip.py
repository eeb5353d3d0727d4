"""Gather the frames of one clip: the task that processes and clusters are given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.pipeline.whole_source import open_observer
from app.sources import Source, open_source
from app.training.gathering.quality import FrameJudge
from mappings.frames import FaceObservation
from mappings.records.gathered import REASONS, Gathered
from mappings.records.take import observation_arrays


@dataclass(frozen=True, slots=True)
class ClipTask:
    """A clip and the tracker's bundle; it is sent to other processes and machines."""

    clip: Path
    bundle: Path


def frame_count(clip: Path) -> int:
    """Return the number of frames that a clip states, 0 where it states none; raises SourceError."""
    with open_source(str(clip), live=False) as source:
        return source.frame_count or 0


def gather_clip(task: ClipTask) -> Gathered:
    """Return the usable frames of one clip as those of person 0; raises SourceError if it is unreadable."""
    frames: list[int] = []
    kept: list[FaceObservation] = []
    left_out = dict.fromkeys(REASONS, 0)
    with open_source(str(task.clip), live=False) as source:
        for index, (observation, reason) in enumerate(_judged(source, task.bundle)):
            if reason is not None:
                left_out[reason] += 1
            elif observation is not None:
                frames.append(index)
                kept.append(observation)
    arrays = observation_arrays(np.array([each.time_s for each in kept]), tuple(kept))
    return Gathered(
        scores=arrays["scores"],
        landmarks=arrays["landmarks"],
        T_camera_face=arrays["T_camera_face"],
        image_size=arrays["image_size"],
        time_s=arrays["time_s"],
        frame=np.array(frames, dtype=np.int32),
        clip=np.zeros(len(kept), dtype=np.int32),
        person=np.zeros(len(kept), dtype=np.int32),
        clip_names=(task.clip.stem,),
        left_out=np.array([list(left_out.values())], dtype=np.int32),
    )


def _judged(source: Source, bundle: Path) -> Iterator[tuple[FaceObservation | None, str | None]]:
    """Yield the observation in each frame and the reason to leave it out, None for a usable frame."""
    judge = FrameJudge()
    with closing(open_observer(source, bundle)) as observer:
        for frame in source.observable():
            seen = observer.observe(frame)
            yield seen.observation, judge.reason(seen.image, seen.observation)

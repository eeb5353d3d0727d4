"""Track a source to a table with the scores and head parameters of every frame (`flame-cam track`)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.offline.file_report import FileReport
from app.pipeline.outputs import check_outputs, given_source
from app.pipeline.settings import ModelSettings
from app.pipeline.whole_source import observe_source, open_whole_source
from app.system.terminal import with_progress_bar
from flame_model.errors import InputError, OutputError
from flame_model.notices import Say
from mappings.frames import FaceObservation
from mappings.records.track_table import Track, track_of

SUFFIXES = (".npz", ".csv")


@dataclass(frozen=True, slots=True)
class TrackSettings(ModelSettings):
    """The settings of `flame-cam track`."""

    source: str
    out: Path
    landmarks: bool = False
    """Write the 478 landmarks too, which makes the file a take."""
    frames: int | None = None
    """Stop after this many; None for all."""
    replace: bool = True
    """False asks a person at a terminal before an existing file is overwritten."""


def track_file(settings: TrackSettings, say: Say) -> FileReport:
    """Write the table of `settings.source` to `settings.out`; head positions are before the camera.

    Every row depends on its own frame and the neutral of the whole source: there is no easing and no
    smoothing. Raises InputError (source, output, head or mapping) or TrackerBundleError.
    """
    _check_output(settings)
    animated = settings.animated_head(say)
    driver = animated.driver(placement=None)
    times: list[float] = []
    observations: list[FaceObservation | None] = []
    with (
        open_whole_source(settings.source, settings.frames) as source,
        closing(observe_source(source, settings.landmarker, say, settings.zoom)) as observed_frames,
    ):
        total = settings.frames or source.frame_count
        chosen = islice(observed_frames, settings.frames)
        for observed in with_progress_bar(chosen, total):
            times.append(observed.time_s)
            observations.append(observed.observation)
    for observation in filter(None, observations):
        driver.learn(observation)
    params = [None if each is None else driver.params(each) for each in observations]
    _save(track_of(times, observations, params, animated.head.expression_count), settings)
    return FileReport(settings.out, len(observations), observations.count(None))


def _check_output(settings: TrackSettings) -> None:
    suffix = settings.out.suffix.lower()
    if suffix not in SUFFIXES:
        raise OutputError(
            f"{settings.out} cannot hold a table; name a file that ends in {' or '.join(SUFFIXES)}."
        )
    if settings.landmarks and suffix != ".npz":
        raise InputError(f"{settings.out} cannot hold landmarks; name an .npz file with --landmarks.")
    given = (*given_source(settings.source), *settings.given())
    check_outputs(files=[settings.out], given=given, replace=settings.replace)


def _save(track: Track, settings: TrackSettings) -> None:
    if settings.out.suffix.lower() == ".csv":
        track.save_csv(settings.out)
    else:
        track.save_npz(settings.out, landmarks=settings.landmarks)

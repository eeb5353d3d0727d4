"""Render a source to a file: headless, deterministic, every frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.backdrop import backdrop
from app.few_cores import take_turns_often
from app.file_report import FileReport
from app.model_settings import ModelSettings
from app.offscreen_stage import offscreen_stage
from app.outputs import check_outputs
from app.outputs.given import given_profile, given_source
from app.performance import Performance, perform
from app.prefetch import Prefetch
from app.profiles import named_profile
from app.recording import open_writer
from app.recording.opening import file_or_folder, notes_on
from app.recording.rates import playable_rate
from app.resample import resample
from app.side_by_side import beside
from app.sources import Source
from app.terminal import watched
from app.whole_source import Say, has_pictures, observe_source, open_whole_source
from flame_model.errors import InputError
from mappings.placement import Placement
from render.look import Background

AHEAD = 8
"""Frames tracked ahead of the drawing: enough to smooth both, few enough to hold in memory."""
UNKNOWN_FPS = 30.0
TRANSPARENT_SUFFIXES = (".png",)
OPAQUE_SUFFIXES = (".mp4",)


@dataclass(frozen=True, slots=True)
class RenderSettings(ModelSettings):
    """Hold what `flame-cam render` was asked for."""

    source: str
    out: Path
    profile: str | None = None
    """Name of what is known of the person."""
    smoothing: float | None = None
    """0 (off) to 1, None for the light default."""
    size: tuple[int, int] = (512, 512)
    """(W, H) pixels of the head's picture."""
    fps: float | None = None
    """Resample to this rate; None takes the source's, which keeps every frame where its steps are even."""
    frames: int | None = None
    side_by_side: bool = False
    background: str | None = None
    """As `Background.parse` reads it; None for the format's own."""
    replace: bool = True
    """False asks a person at a terminal before an older output goes."""


def render_file(settings: RenderSettings, say: Say) -> FileReport:
    """Render `settings.source` to `settings.out`; an interruption leaves a playable file.

    A failure leaves an older output as it was.

    Raises InputError (source, output, head, mapping, background), TrackerBundleError or GraphicsError.
    """
    _check_output(settings)
    take_turns_often()
    cast = settings.cast(say)
    driver = cast.driver(Placement(), settings.smoothing, named_profile(settings.profile, say))
    background = _background(settings)
    width, height = settings.size
    with ExitStack() as stack:
        source = stack.enter_context(
            open_whole_source(settings.source, settings.frames, backdrop(background))
        )
        if settings.side_by_side and not has_pictures(source):
            raise InputError(f"--side-by-side needs pictures, and {source.name} is a take without them.")
        canvas = (2 * width, height) if settings.side_by_side else (width, height)
        fps = settings.fps or playable_rate(settings.out, source.fps or UNKNOWN_FPS)
        for note in notes_on(settings.out, canvas):
            say(note)
        writer = stack.enter_context(open_writer(settings.out, canvas, fps, alpha=background.alpha < 1.0))
        seen = observe_source(source, settings.landmarker, say, settings.zoom)
        # Started before the stage: MediaPipe's import and the shaders' compilation overlap.
        performances = Prefetch(perform(seen, driver), AHEAD)
        stack.enter_context(closing(performances))
        stage = stack.enter_context(offscreen_stage(cast.head, settings.size, background))
        lost = 0
        for performance in _shown(resample(performances, fps, lambda: source.last_s), source, settings):
            lost += performance.observation is None
            picture = stage.render(performance.params)
            if settings.side_by_side and performance.image is not None:
                picture = beside(performance.image, picture)
            writer.add(picture)
    return FileReport(settings.out, writer.frames, lost)


def _check_output(settings: RenderSettings) -> None:
    """Raise OutputError where the output may not be written."""
    files, folders = file_or_folder(settings.out)
    given = (*given_source(settings.source), *given_profile(settings.profile), *settings.given())
    check_outputs(files=files, folders=folders, given=given, replace=settings.replace)


def _background(settings: RenderSettings) -> Background:
    suffix = settings.out.suffix.lower()
    # Beside a person, who is opaque, a head without a ground would be half a picture.
    own = "transparent" if suffix in TRANSPARENT_SUFFIXES and not settings.side_by_side else "studio"
    background = Background.parse(settings.background or own)
    if background.alpha < 1.0 and suffix in OPAQUE_SUFFIXES:
        raise InputError(
            f"{suffix} cannot hold a transparent background; use .png, .webp or .gif, or a colour."
        )
    return background


def _shown(
    performances: Iterator[Performance], source: Source, settings: RenderSettings
) -> Iterator[Performance]:
    """Yield what is drawn, with a progress bar where somebody watches."""
    total = settings.frames or (source.frame_count if settings.fps is None else None)
    return watched(islice(performances, settings.frames), total)
